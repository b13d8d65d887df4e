namespace Grid.Core.Vocabulary;

/// <summary>What is known of a domain's MTA-STS policy (RFC 8461), in testing or enforced.</summary>
/// <param name="Lines">The policy's text, line by line; empty where it could not be had.</param>
/// <param name="Patterns">Its mail hosts: names, or "*.example.com" for one label in place of the star; lower case.</param>
/// <param name="Fault">Why it could not be had; Success where it is in force.</param>
public sealed record StsFacts(IReadOnlyList<string> Lines, IReadOnlyList<string> Patterns, TlsResult Fault)
{
    /// <summary>Whether mail may go to that host (RFC 8461 4.1).</summary>
    public static bool Allows(IEnumerable<string> patterns, string host) => patterns.Any(pattern =>
        pattern == host || (pattern.StartsWith("*.", StringComparison.Ordinal) && host.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && host.AsSpan(dot).SequenceEqual(pattern.AsSpan(1))));
}
