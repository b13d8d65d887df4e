using System.Collections.Frozen;
using System.Text;
using Grid.Host.Api;
using Grid.Host.Api.Access;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Host.Console.Calls;

/// <summary>
/// Calls the HTTP API from within this process. In: whose call, an endpoint by method and pattern (<c>GET /v1/tenants/{tenant}</c>), its
/// values. Out: status and body. Guarantees the code path of a request from outside, with its filters, checks, bounds and entries in the
/// ledger, so that whatever the console shows or does is what the API shows or does; only the key is not asked for again.
/// An endpoint that there isn't answers 404.
/// </summary>
public sealed class ApiCalls(EndpointDataSource endpoints, IServiceScopeFactory scopes, ILogger<ProblemMiddleware> log)
{
    /// <summary>Longest reason that an action may be given, in characters.</summary>
    public const int MaxReason = 1000;

    private FrozenDictionary<(string Method, string Pattern), RouteEndpoint>? _known;

    /// <summary>Whether the API has an endpoint, such as <c>POST /v1/policies/{name}/preview</c>.</summary>
    public bool Has(string method, string pattern) => Known.ContainsKey((method, pattern));

    /// <summary>Calls it.</summary>
    /// <param name="values">Values of the pattern's names, as they are: nothing is to be escaped.</param>
    /// <param name="query">As after the question mark, escaped.</param>
    /// <param name="reason">Why an operator does it.</param>
    public async Task<ApiReply> CallAsync(
        Caller caller, string method, string pattern, IReadOnlyDictionary<string, string>? values = null, string query = "",
        string? body = null, string contentType = "application/json", string? reason = null, CancellationToken cancellationToken = default)
    {
        if (!Known.TryGetValue((method, pattern), out var endpoint))
        {
            return new(StatusCodes.Status404NotFound, default);
        }

        await using var scope = scopes.CreateAsyncScope();
        using var output = new MemoryStream();
        var content = body is null ? [] : Encoding.UTF8.GetBytes(body);
        var context = Context(endpoint, caller, method, pattern, query, content, output);
        context.RequestServices = scope.ServiceProvider;
        context.RequestAborted = cancellationToken;
        foreach (var (name, value) in values ?? new Dictionary<string, string>())
        {
            context.Request.RouteValues[name] = value;
        }

        if (body is not null)
        {
            (context.Request.ContentType, context.Request.ContentLength) = (contentType, content.Length);
        }

        if (reason is not null)
        {
            context.Request.Headers[OperatorReason.Header] = Uri.EscapeDataString(reason);
        }

        await new ProblemMiddleware(endpoint.RequestDelegate!, log).InvokeAsync(context);
        return new(context.Response.StatusCode, output.ToArray());
    }

    private FrozenDictionary<(string Method, string Pattern), RouteEndpoint> Known => _known ??= endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/v1", StringComparison.Ordinal) == true && endpoint.RequestDelegate is not null)
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (Key: (method, endpoint.RoutePattern.RawText!.TrimEnd('/')), endpoint)))
        .DistinctBy(entry => entry.Key)
        .ToFrozenDictionary(entry => entry.Key, entry => entry.endpoint);

    private static DefaultHttpContext Context(RouteEndpoint endpoint, Caller caller, string method, string pattern, string query, byte[] content, MemoryStream output)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = method,
            Scheme = "http",
            Path = pattern,
            QueryString = query.Length == 0 ? "" : "?" + query,
            Body = new MemoryStream(content),
            Headers = new HeaderDictionary(),
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(output));
        features.Set(caller);
        var context = new DefaultHttpContext(features);
        context.SetEndpoint(endpoint);
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
        return context;
    }
}
