using System.Text.Json.Serialization.Metadata;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console.Calls;

/// <summary>The API as whoever has signed in may call it.</summary>
public sealed class ConsoleApi(ApiCalls calls, PageContext page)
{
    /// <inheritdoc cref="ApiCalls.Has"/>
    public bool Has(string method, string pattern) => calls.Has(method, pattern);

    /// <summary>Reads; null where it was refused or isn't there.</summary>
    /// <param name="value">Value of the pattern's one name.</param>
    public async Task<T?> GetAsync<T>(string pattern, JsonTypeInfo<T> type, string? value = null, string query = "")
        where T : class => (await CallAsync("GET", pattern, value, query)).Read(type);

    /// <summary>Calls an endpoint whose pattern has at most one name.</summary>
    public Task<ApiReply> CallAsync(string method, string pattern, string? value = null, string query = "", string? body = null, string contentType = "application/json", string? reason = null) =>
        calls.CallAsync(page.Session!.Caller, method, pattern, value is null ? null : Values(pattern, value), query, body, contentType, reason);

    /// <summary>Calls an endpoint with several names.</summary>
    public Task<ApiReply> CallAsync(string method, string pattern, IReadOnlyDictionary<string, string> values, string? body, string? reason, string query = "") =>
        calls.CallAsync(page.Session!.Caller, method, pattern, values, query, body, reason: reason);

    /// <summary>Reads what a tenant reads of itself.</summary>
    public async Task<T?> GetAsTenantAsync<T>(string tenant, string pattern, JsonTypeInfo<T> type, string query = "")
        where T : class => (await calls.CallAsync(new(Api.Access.CallerRole.Tenant, tenant), "GET", pattern, query: query)).Read(type);

    private static Dictionary<string, string> Values(string pattern, string value)
    {
        var begin = pattern.IndexOf('{', StringComparison.Ordinal);
        return new() { [pattern[(begin + 1)..pattern.IndexOf('}', StringComparison.Ordinal)]] = value };
    }
}
