using System.Text.Json.Nodes;
using Grid.Host.Console.Access;
using Grid.Host.Console.Calls;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Console.Tests.Beds;

/// <summary>What there is: pages, actions and the API's, as they are mapped and written down.</summary>
internal static class ConsoleMap
{
    /// <summary>Each page's path, such as <c>/tenants/{id}</c>.</summary>
    public static IReadOnlyList<string> Pages(ConsoleGrid grid) => [.. Endpoints(grid).Select(endpoint => endpoint.Metadata.GetMetadata<PageOf>()?.Path).OfType<string>()];

    /// <summary>Each action's path, with the calls that it makes.</summary>
    public static IReadOnlyList<(string Path, IReadOnlyList<string> Calls)> Actions(ConsoleGrid grid) =>
        [.. from endpoint in Endpoints(grid)
            let offers = endpoint.Metadata.GetMetadata<Offers>()
            where offers is not null
            select (endpoint.RoutePattern.RawText!, offers.Calls)];

    /// <summary>Each endpoint, as <c>PUT /v1/ips/{ip}</c>.</summary>
    public static IReadOnlySet<string> Calls(ConsoleGrid grid) =>
        Endpoints(grid).SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}")).ToHashSet();

    /// <summary>What the API's document has with the operator's key that is no GET.</summary>
    public static async Task<IReadOnlyList<string>> OperatorCallsAsync(ConsoleGrid grid)
    {
        var document = (await grid.CallAsync(HttpMethod.Get, "/openapi/v1.json")).Json;
        return
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               where operation.Key is "put" or "post" or "delete" or "patch" && operation.Value?["description"] is JsonValue words && words.GetValue<string>().Contains("operator's key", StringComparison.Ordinal)
               select $"{operation.Key.ToUpperInvariant()} {path.Key}",
        ];
    }

    /// <summary>Whether a path is one of a pattern's.</summary>
    public static bool Fits(string pattern, string path)
    {
        var (wanted, given) = (pattern.Split('/'), path.Split('?')[0].Split('/'));
        return wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0));
    }

    private static IEnumerable<RouteEndpoint> Endpoints(ConsoleGrid grid) => grid.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct();
}
