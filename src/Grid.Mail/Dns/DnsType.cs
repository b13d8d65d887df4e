namespace Grid.Mail.Dns;

/// <summary>Record types that the grid asks for or reads, by their numbers on the wire (RFC 1035 3.2.2 and later).</summary>
public enum DnsType : ushort
{
    /// <summary>IPv4 address.</summary>
    A = 1,

    /// <summary>Another name for the same thing.</summary>
    Cname = 5,

    /// <summary>Start of a zone; read in negative answers only (RFC 2308).</summary>
    Soa = 6,

    /// <summary>Name of an address.</summary>
    Ptr = 12,

    /// <summary>Mail exchanger.</summary>
    Mx = 15,

    /// <summary>Free text.</summary>
    Txt = 16,

    /// <summary>IPv6 address (RFC 3596).</summary>
    Aaaa = 28,

    /// <summary>Certificate of a TLS server (RFC 6698).</summary>
    Tlsa = 52,
}
