using System.Text.Json.Nodes;
using Grid.Host.Api;
using Grid.Host.Api.Model;
using Grid.Host.Console.Calls;
using Grid.Host.Console.Pages;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>Forms about what comes back. Both answer on the page itself, as what they say is to be read beside what was asked.</summary>
internal static class FeedbackForms
{
    public static async Task<IResult> ReportAsync(ActionForm form, HttpContext http)
    {
        var isDry = form["act"] != "count";
        if (!isDry && !http.RequestServices.GetRequiredService<PageContext>().MayAct)
        {
            http.RequestServices.GetRequiredService<PageContext>().Status = StatusCodes.Status403Forbidden;
            return PageResult.Failure("This sign-in only reads", "Nothing was done. Sign in with the operator's key to act.");
        }

        // Browsers post lines that end in CR LF, as mail has them.
        var message = form["message"];
        var reply = isDry
            ? await form.AskAsync("POST", "/v1/feedback", query: "dryRun=true", body: message, contentType: "message/rfc822")
            : await form.CallAsync("POST", "/v1/feedback", null, message, "message/rfc822");
        return reply is null ? Results.LocalRedirect("/feedback") : Page(http, reply, new() { [nameof(FeedbackPage.Read)] = reply.Read(ApiJson.Default.FeedbackBody), [nameof(FeedbackPage.IsDry)] = isDry });
    }

    public static async Task<IResult> ClassifyAsync(ActionForm form, HttpContext http)
    {
        JsonObject body = new() { ["code"] = form.Number("code"), ["enhanced"] = form.Given("enhanced"), ["text"] = form["text"], ["host"] = form.Given("host") };
        var reply = await form.AskAsync("POST", "/v1/classify", body: body.ToJsonString());
        return Page(http, reply, new() { [nameof(FeedbackPage.Class)] = reply.Read(ApiJson.Default.ClassifyBody) });
    }

    private static PageResult Page(HttpContext http, ApiReply reply, Dictionary<string, object?> parameters)
    {
        http.RequestServices.GetRequiredService<PageContext>().Status = reply.Status;
        parameters[nameof(FeedbackPage.Posted)] = new PostedText(http.Request.Form);
        parameters[nameof(FeedbackPage.Fault)] = reply.Problem is { } problem ? new ProblemWords(problem) : null;
        return PageResult.Of<FeedbackPage>(parameters);
    }
}
