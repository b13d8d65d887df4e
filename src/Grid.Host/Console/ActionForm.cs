using System.Globalization;
using System.Text.Json.Nodes;
using Grid.Host.Api;
using Grid.Host.Api.Model;
using Grid.Host.Console.Access;
using Grid.Host.Console.Calls;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>
/// A posted form on its way to the API. In: fields, a reason among them. Out: the way to the next page, on which stands what became of it.
/// The gate has checked whose form it is; what the fields say is checked by the API, which answers every fault.
/// </summary>
internal sealed class ActionForm
{
    private const string ReasonField = "reason";
    private const string Json = "application/json";

    private readonly HttpContext _http;
    private readonly ConsoleApi _api;

    private ActionForm(HttpContext http) => (_http, _api) = (http, http.RequestServices.GetRequiredService<ConsoleApi>());

    /// <summary>Found by the gate, which comes after the binding.</summary>
    private ConsoleSession Session => _http.RequestServices.GetRequiredService<PageContext>().Session!;

    /// <summary>A field; "" when there is none.</summary>
    public string this[string name] => _http.Request.Form[name].ToString();

    /// <summary>Fields are read from it later: the form is read by the gate, after this.</summary>
    public static ValueTask<ActionForm?> BindAsync(HttpContext context) => new(new ActionForm(context));

    /// <summary>A field, or null where it is blank.</summary>
    public string? Given(string name) => this[name].Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A field as a whole number; null where it is blank. What is no number is handed on as it is, so that the API refuses it by name.</summary>
    public JsonNode? Number(string name) =>
        Given(name) is not { } text ? null : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text);

    /// <summary>The same for a number with a fraction.</summary>
    public JsonNode? Decimal(string name) =>
        Given(name) is not { } text ? null : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text);

    /// <summary>The lines or comma-separated parts of a field.</summary>
    public JsonArray List(string name) =>
        [.. this[name].Split(['\n', ',', ' ', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => (JsonNode)JsonValue.Create(part))];

    /// <summary>A change of state.</summary>
    public Task<IResult> StateAsync(string pattern, string value, string back)
    {
        var state = this["state"];
        var body = new JsonObject { ["state"] = state, [ReasonField] = this[ReasonField] };
        if (this["overrideVetting"] == "true")
        {
            body["overrideVetting"] = true;
        }

        return DoAsync("POST", pattern + "/state", value, body, back, $"{value} is {state} now.");
    }

    /// <summary>One call of the API.</summary>
    /// <param name="value">Value of the pattern's one name.</param>
    /// <param name="back">The page that tells what became of it.</param>
    /// <param name="done">What it tells when it was done.</param>
    public async Task<IResult> DoAsync(string method, string pattern, string? value, JsonObject? body, string back, string done)
    {
        if (await CallAsync(method, pattern, value, body?.ToJsonString(), Json) is { } reply)
        {
            Tell(reply, done);
        }

        return Results.LocalRedirect(back);
    }

    /// <summary>One call of an endpoint with several names.</summary>
    public async Task DoAsync(string method, string pattern, IReadOnlyDictionary<string, string> values, string done, JsonObject? body = null, string query = "")
    {
        Offers.Check(_http.GetEndpoint(), method, pattern);
        if (Reason() is { } reason)
        {
            Tell(await _api.CallAsync(method, pattern, values, body?.ToJsonString(), reason, query), done);
        }
    }

    /// <summary>One call for a tenant on its own page, where no reason is asked for.</summary>
    public async Task<IResult> OwnAsync(string method, string pattern, IReadOnlyDictionary<string, string> values, JsonObject? body, string done)
    {
        Offers.Check(_http.GetEndpoint(), method, pattern);
        Tell(await _api.CallAsync(method, pattern, values, body?.ToJsonString(), null), done);
        return Results.LocalRedirect(OwnPages.Home);
    }

    /// <summary>Calls, if a reason is given; null, with word of it, where none is.</summary>
    public async Task<ApiReply?> CallAsync(string method, string pattern, string? value, string? body, string contentType, string query = "")
    {
        Offers.Check(_http.GetEndpoint(), method, pattern);
        return Reason() is { } reason ? await _api.CallAsync(method, pattern, value, query, body, contentType, reason) : null;
    }

    /// <summary>Asks for what changes nothing, and needs no reason.</summary>
    public Task<ApiReply> AskAsync(string method, string pattern, string? value = null, string query = "", string? body = null, string contentType = Json)
    {
        Offers.Check(_http.GetEndpoint(), method, pattern);
        return _api.CallAsync(method, pattern, value, query, body, contentType);
    }

    private string? Reason()
    {
        if (Given(ReasonField) is { Length: <= ApiCalls.MaxReason } reason)
        {
            return reason;
        }

        Session.Tell(new(true, $"An action needs a reason of at most {ApiCalls.MaxReason} characters. Nothing was done."));
        return null;
    }

    /// <summary>Leaves word of an answer for the next page.</summary>
    public void Tell(ApiReply reply, string done)
    {
        if (reply.Problem is { } problem)
        {
            Session.Tell(new(true, problem.Errors is { Count: > 0 } ? problem.Title + ":" : problem.Detail) { Details = Details(problem) });
        }
        else
        {
            Session.Tell(new(false, done) { Secret = SecretOf(reply) });
        }
    }

    private static List<string> Details(ProblemBody problem)
    {
        var details = (problem.Errors ?? []).Select(error => $"{error.Field}: {error.Message}").ToList();
        if (problem.Clause is { } clause)
        {
            details.Add($"Clause {clause} of {problem.Policy} v{problem.PolicyVersion}");
        }

        return details;
    }

    /// <summary>A key or a webhook's secret that was made.</summary>
    private static string? SecretOf(ApiReply reply) =>
        reply.Body.Length > 0 && JsonNode.Parse(reply.Body.Span) is JsonObject made && (made["key"] ?? made["secret"]) is JsonValue secret ? secret.GetValue<string>() : null;
}
