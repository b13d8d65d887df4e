using System.Net;

namespace Grid.Mail.Dns;

/// <summary>What a record says. A closed set; names are lower case, without a dot at the end, and "" is the root.</summary>
public abstract record DnsRecord
{
    private DnsRecord()
    {
    }

    /// <summary>An address: of type A or AAAA.</summary>
    public sealed record Address(IPAddress Value) : DnsRecord;

    /// <summary>A mail exchanger; the lowest preference is tried first.</summary>
    public sealed record MailExchanger(int Preference, string Host) : DnsRecord;

    /// <summary>A name: of type CNAME or PTR.</summary>
    public sealed record Name(string Value) : DnsRecord;

    /// <summary>A text, its strings joined; octets above 127 are read as Latin-1.</summary>
    public sealed record Text(string Value) : DnsRecord;

    /// <summary>A TLS server's certificate or key (RFC 6698 2.1).</summary>
    public sealed record TlsAssociation(byte Usage, byte Selector, byte Matching, ReadOnlyMemory<byte> Data) : DnsRecord;
}
