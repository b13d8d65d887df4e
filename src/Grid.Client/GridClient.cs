using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grid.Client;

/// <summary>
/// Speaks Grid's HTTP API. In: requests. Out: answers. Guarantees that a request is repeated only where that does nothing twice: those that
/// are idempotent by their method, and submissions, each of which carries an Idempotency-Key. What is repeated: lost connections, 429, 502,
/// 503, 504. Fails with <see cref="GridUnreachableException"/>, and the typed calls with <see cref="GridProblemException"/>. Thread-safe.
/// </summary>
public sealed class GridClient : IDisposable
{
    private const string Json = "application/json";
    private const int EventPage = 500;
    private const int EventWaitSeconds = 30;

    private readonly HttpClient _http;
    private readonly GridClientOptions _options;

    /// <param name="handler">For tests and proxies; disposed with the client. Default: the system's, without redirects.</param>
    public GridClient(GridClientOptions options, HttpMessageHandler? handler = null)
    {
        _options = options;
        _http = new(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = options.Url, Timeout = options.Timeout };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Grid.Client/" + typeof(GridClient).Assembly.GetName().Version);
        _http.DefaultRequestHeaders.Authorization = options.Key is null ? null : new AuthenticationHeaderValue("Bearer", options.Key);
    }

    /// <summary>Submits a message; returns when the grid has it on disk.</summary>
    /// <param name="idempotencyKey">The same key never sends twice within 24 h, also from another process; default: a new one for this call and its retries.</param>
    public async Task<SendResult> SendAsync(Mail mail, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.Serialize(mail, ClientJson.Default.Mail);
        var answer = await CallAsync(HttpMethod.Post, "/v1/messages", body, Json, idempotencyKey ?? Guid.NewGuid().ToString("N"), cancellationToken);
        return Insist(answer).Deserialize(ClientJson.Default.SendResult)!;
    }

    /// <summary>A message as it stands now; null when it is unknown.</summary>
    public async Task<JsonNode?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        var answer = await CallAsync(HttpMethod.Get, "/v1/messages/" + Uri.EscapeDataString(id), cancellationToken: cancellationToken);
        return answer.Status == 404 ? null : Insist(answer);
    }

    /// <summary>Withdraws what has not left; returns how many recipients that were.</summary>
    public async Task<int> CancelAsync(string id, CancellationToken cancellationToken = default) =>
        Insist(await CallAsync(HttpMethod.Delete, "/v1/messages/" + Uri.EscapeDataString(id), cancellationToken: cancellationToken))["cancelled"]?.GetValue<int>() ?? 0;

    /// <summary>The tenant's outcomes after a cursor, and those to come, until cancelled. Each once, in order.</summary>
    public async IAsyncEnumerable<MailEvent> EventsAsync(string after = "0", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var page = Insist(await CallAsync(HttpMethod.Get, $"/v1/events?after={Uri.EscapeDataString(after)}&limit={EventPage}&wait={EventWaitSeconds}", cancellationToken: cancellationToken));
            foreach (var item in page["events"]!.AsArray())
            {
                yield return item.Deserialize(ClientJson.Default.MailEvent)!;
            }

            after = page["next"]!.GetValue<string>();
        }
    }

    /// <summary>Any request. A refusal is an answer, not an exception.</summary>
    /// <param name="path">With its query; its parts escaped.</param>
    /// <exception cref="GridUnreachableException">No attempt was answered.</exception>
    public Task<GridAnswer> CallAsync(
        HttpMethod method, string path, string? body = null, string mediaType = Json, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        CallAsync(new GridRequest(method, path) { Body = body, MediaType = mediaType, IdempotencyKey = idempotencyKey }, cancellationToken);

    /// <inheritdoc cref="CallAsync(HttpMethod, string, string?, string, string?, CancellationToken)" />
    public async Task<GridAnswer> CallAsync(GridRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var repeatable = request.Method != HttpMethod.Post || request.IdempotencyKey is not null;
        var wait = _options.FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            var last = !repeatable || attempt >= _options.MaxAttempts;
            try
            {
                var answer = await AttemptAsync(request, cancellationToken);
                if (last || answer.Status is not (429 or 502 or 503 or 504) || answer.RetryAfter > _options.LongestWait)
                {
                    return answer;
                }

                wait = answer.RetryAfter > wait ? answer.RetryAfter.Value : wait;
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (last)
                {
                    throw new GridUnreachableException(Words(e), e);
                }
            }

            await Task.Delay(wait, _options.Clock, cancellationToken);
            wait *= 2;
        }
    }

    /// <summary>A request whose answer is lines of JSON, each handed on as it comes. Asked once; a refusal, or an answer that is no such lines, comes whole and without lines.</summary>
    /// <exception cref="GridUnreachableException">It was not answered, or the answer broke off.</exception>
    public async Task<GridAnswer> LinesAsync(HttpMethod method, string path, string? body, string mediaType, Action<JsonNode> line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        try
        {
            using var request = Message(new(method, path) { Body = body, MediaType = mediaType });
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType != "application/x-ndjson")
            {
                return await AnswerAsync(response, cancellationToken);
            }

            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
            while (await reader.ReadLineAsync(cancellationToken) is { } text)
            {
                if (Parse(text) is { } json)
                {
                    line(json);
                }
            }

            return new((int)response.StatusCode, null, "", null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new GridUnreachableException(Words(e), e);
        }
    }

    /// <summary>A request whose answer is taken as it comes, byte for byte, however long it is. Asked once; a refusal comes whole, and nothing of it is taken.</summary>
    /// <param name="take">Reads the answer's body; not called for a refusal.</param>
    /// <exception cref="GridUnreachableException">It was not answered, or the answer broke off.</exception>
    public async Task<GridAnswer> DownloadAsync(GridRequest request, Func<Stream, Task> take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(take);
        try
        {
            using var message = Message(request);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return await AnswerAsync(response, cancellationToken);
            }

            await take(await response.Content.ReadAsStreamAsync(cancellationToken));
            return new((int)response.StatusCode, null, "", null);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new GridUnreachableException(Words(e), e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<GridAnswer> AttemptAsync(GridRequest request, CancellationToken cancellationToken)
    {
        using var message = Message(request);
        using var response = await _http.SendAsync(message, cancellationToken);
        return await AnswerAsync(response, cancellationToken);
    }

    private static HttpRequestMessage Message(GridRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Path);
        if (request.Bytes is not null || request.Body is not null)
        {
            message.Content = request.Bytes is { } bytes ? new ReadOnlyMemoryContent(bytes) : new StringContent(request.Body!, Encoding.UTF8);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.MediaType);
        }

        foreach (var (name, value) in new[] { ("Accept", request.Accept), ("Idempotency-Key", request.IdempotencyKey), ("Grid-Reason", request.Reason is { } why ? Uri.EscapeDataString(why) : null) })
        {
            if (value is not null)
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private async Task<GridAnswer> AnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        var retry = response.Headers.RetryAfter;
        return new((int)response.StatusCode, isJson ? Parse(text) : null, text, retry?.Delta ?? (retry?.Date - _options.Clock.GetUtcNow()));
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode Insist(GridAnswer answer) => answer.Problem is { } problem ? throw new GridProblemException(problem) : answer.Json ?? new JsonObject();

    private string Words(Exception e) => e is OperationCanceledException ? $"{_options.Url} did not answer within {_options.Timeout.TotalSeconds:0} s" : $"{_options.Url} cannot be reached: {e.GetBaseException().Message}";
}
