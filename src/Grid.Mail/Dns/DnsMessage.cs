namespace Grid.Mail.Dns;

/// <summary>A response, read and found to answer its question.</summary>
/// <param name="Truncated">There is more than fitted: ask again over TCP.</param>
/// <param name="Authenticated">AD is set.</param>
/// <param name="ResponseCode">RCODE, with the upper bits of EDNS(0).</param>
/// <param name="Answers">The answer section, in its order.</param>
/// <param name="Negative">From the SOA of the authority section: the zone, and how long "there is none" holds (RFC 2308 5); null without one.</param>
internal sealed record DnsMessage(bool Truncated, bool Authenticated, int ResponseCode, IReadOnlyList<DnsMessage.Entry> Answers, (string Zone, TimeSpan Ttl)? Negative)
{
    public const int NoError = 0;
    public const int FormatError = 1;
    public const int NameError = 3;
    public const int NotImplemented = 4;
    public const int BadVersion = 16;

    /// <summary>A record with its owner. A type that isn't asked for has none here.</summary>
    public readonly record struct Entry(string Owner, DnsType Type, TimeSpan Ttl, DnsRecord Record);
}
