using System.Buffers.Binary;
using System.Net;
using System.Text;
using Grid.Mail.Dns;

namespace Grid.Mail.Tests.Dns;

/// <summary>Writes responses by hand, right ones and wrong ones.</summary>
internal sealed class DnsBytes
{
    private readonly List<byte> _bytes = [];

    /// <summary>The head and question of a response to a query.</summary>
    public static DnsBytes Answer(DnsQuery query, int answers = 0, int authorities = 0, int flags = 0x8180, int additionals = 0)
    {
        var made = new DnsBytes().U16(query.Id).U16(flags).U16(1).U16(answers).U16(authorities).U16(additionals);
        return made.Raw(query.WireName).U16((int)query.Type).U16(1);
    }

    public DnsBytes U16(int value)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(two, (ushort)value);
        return Raw(two);
    }

    public DnsBytes U32(uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, value);
        return Raw(four);
    }

    public DnsBytes Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public DnsBytes Raw(params int[] bytes) => Raw([.. bytes.Select(b => (byte)b)]);

    /// <summary>Owner, type, class IN, TTL and data.</summary>
    public DnsBytes Record(string owner, DnsType type, uint ttl, params byte[] data) => Raw(Name(owner)).U16((int)type).U16(1).U32(ttl).U16(data.Length).Raw(data.AsSpan());

    public DnsBytes Address(string owner, string address, uint ttl = 300) =>
        Record(owner, address.Contains(':', StringComparison.Ordinal) ? DnsType.Aaaa : DnsType.A, ttl, IPAddress.Parse(address).GetAddressBytes());

    public DnsBytes Mx(string owner, int preference, string host, uint ttl = 300) => Record(owner, DnsType.Mx, ttl, [(byte)(preference >> 8), (byte)preference, .. Name(host)]);

    public DnsBytes Text(string owner, string text, uint ttl = 60) => Record(owner, DnsType.Txt, ttl, [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)]);

    public DnsBytes Alias(string owner, string target, uint ttl = 300) => Record(owner, DnsType.Cname, ttl, Name(target));

    public DnsBytes Soa(string zone, uint ttl, uint minimum) =>
        Record(zone, DnsType.Soa, ttl, [.. Name("ns." + zone), .. Name("admin." + zone), .. new byte[16], (byte)(minimum >> 24), (byte)(minimum >> 16), (byte)(minimum >> 8), (byte)minimum]);

    public static byte[] Name(string name) => [.. name.Length == 0 ? [] : name.Split('.').SelectMany(label => new[] { (byte)label.Length }.Concat(Encoding.Latin1.GetBytes(label))), 0];

    public byte[] ToArray() => [.. _bytes];
}
