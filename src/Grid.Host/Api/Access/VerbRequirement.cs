using Grid.Core.Enforcement;

namespace Grid.Host.Api.Access;

/// <summary>Metadata of a tenant's endpoint: what its standing must permit. Without it, GET reads and all else configures.</summary>
/// <param name="Verb">Null: the endpoint asks by itself.</param>
public sealed record VerbRequirement(Verb? Verb)
{
    /// <summary>What an endpoint asks for; null: it asks by itself.</summary>
    internal static Verb? Of(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<VerbRequirement>() is { } said)
        {
            return said.Verb;
        }

        return endpoint is RouteEndpoint { RoutePattern.RawText: { } path } && path.EndsWith("/export", StringComparison.Ordinal) ? Core.Enforcement.Verb.Export
            : HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? Core.Enforcement.Verb.Read
            : Core.Enforcement.Verb.Configure;
    }
}
