using Grid.Host.Api.Model;

namespace Grid.Host.Console.Parts;

/// <summary>Limits toward a domain or site, in a line.</summary>
internal static class DomainLimitWords
{
    public static string Of(DomainLimitsBody limits)
    {
        string?[] parts =
        [
            limits.MaxConnections is { } connections ? Words.Plural(connections, "connection", "connections") : null,
            limits.MaxMessagesPerConnection is { } messages ? $"{Words.Count(messages)} a connection" : null,
            limits.MaxRate,
        ];
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } words ? words : "none of its own";
    }
}
