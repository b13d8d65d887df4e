namespace Grid.Core.Vocabulary;

/// <summary>The policy that a session was judged by, as a report names it (RFC 8460 4.4). Equal by value.</summary>
/// <param name="Type">"sts", "tlsa" or "no-policy-found".</param>
/// <param name="Lines">Lines of an MTA-STS policy or TLSA records, with line feeds between; at most <see cref="MaxLength"/> characters.</param>
/// <param name="MxHosts">Patterns of an MTA-STS policy, with blanks between; at most <see cref="MaxLength"/> characters.</param>
public sealed record TlsPolicy(string Type, string Lines, string MxHosts)
{
    /// <summary>8 KiB.</summary>
    public const int MaxLength = 8192;

    /// <summary>Nothing is demanded.</summary>
    public static readonly TlsPolicy None = new("no-policy-found", "", "");
}
