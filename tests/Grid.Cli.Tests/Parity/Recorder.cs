using System.Text.Json.Nodes;

namespace Grid.Cli.Tests.Parity;

/// <summary>Writes down what goes over the wire to a grid, and what comes back.</summary>
internal sealed class Recorder(List<Call> calls) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var query = request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0]);
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var (kind, text) = (response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(cancellationToken));
        var answer = kind is "application/json" or "application/problem+json" && text.Length > 0 ? JsonNode.Parse(text) : null;
        calls.Add(new(request.Method.Method, request.RequestUri.AbsolutePath, [.. query], body, (int)response.StatusCode, kind, answer));
        return response;
    }
}
