using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Grid.Mail.Dns;

/// <summary>
/// A question as it goes over the wire: a random id, and a name whose letters are in random case, which the answer must repeat
/// (so that who can't see the question has to guess more; draft-vixie-dnsext-dns0x20).
/// </summary>
internal sealed class DnsQuery
{
    /// <summary>Largest answer over UDP that is asked for, in octets (RFC 6891; the size that passes everywhere without fragments).</summary>
    public const int UdpOctets = 1232;

    private const ushort RecursionDesired = 0x0100;

    /// <summary>Asks for the AD bit in the answer (RFC 6840 5.7).</summary>
    private const ushort AuthenticData = 0x0020;

    private readonly byte[] _message;

    /// <param name="name">In the resolver's text form.</param>
    /// <param name="extended">With EDNS(0); without it, answers over UDP have at most 512 octets.</param>
    public DnsQuery(string name, DnsType type, bool extended)
    {
        (Name, Type) = (name, type);
        Id = BinaryPrimitives.ReadUInt16BigEndian(RandomNumberGenerator.GetBytes(2));
        NameLength = name.Length + 2;
        _message = new byte[12 + NameLength + 4 + (extended ? 11 : 0)];
        BinaryPrimitives.WriteUInt16BigEndian(_message, Id);
        BinaryPrimitives.WriteUInt16BigEndian(_message.AsSpan(2), RecursionDesired | AuthenticData);
        BinaryPrimitives.WriteUInt16BigEndian(_message.AsSpan(4), 1);
        WriteName(name);
        BinaryPrimitives.WriteUInt16BigEndian(_message.AsSpan(12 + NameLength), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(_message.AsSpan(14 + NameLength), DnsMessageReader.Internet);
        if (extended)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_message.AsSpan(10), 1);
            var options = _message.AsSpan(16 + NameLength);
            BinaryPrimitives.WriteUInt16BigEndian(options[1..], DnsMessageReader.Options);
            BinaryPrimitives.WriteUInt16BigEndian(options[3..], UdpOctets);
        }
    }

    public ushort Id { get; }

    public string Name { get; }

    public DnsType Type { get; }

    /// <summary>The message, without the length that goes before it over TCP.</summary>
    public ReadOnlyMemory<byte> Message => _message;

    /// <summary>The name as it was written.</summary>
    public ReadOnlySpan<byte> WireName => _message.AsSpan(12, NameLength);

    private int NameLength { get; }

    private void WriteName(string name)
    {
        Span<byte> cases = stackalloc byte[(DnsName.MaxOctets / 8) + 1];
        RandomNumberGenerator.Fill(cases);
        var at = 12;
        foreach (var label in name.Split('.'))
        {
            _message[at++] = (byte)label.Length;
            foreach (var letter in label)
            {
                var upper = (cases[(at - 12) / 8] >> ((at - 12) % 8) & 1) == 1;
                _message[at++] = (byte)(upper ? char.ToUpperInvariant(letter) : letter);
            }
        }
    }
}
