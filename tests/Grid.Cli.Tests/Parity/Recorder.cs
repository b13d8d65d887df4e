namespace Grid.Cli.Tests.Parity;

/// <summary>Writes down what goes over the wire, on its way to a grid.</summary>
internal sealed class Recorder(List<Call> calls) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var query = request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0]);
        calls.Add(new(request.Method.Method, request.RequestUri.AbsolutePath, [.. query], body));
        return await base.SendAsync(request, cancellationToken);
    }
}
