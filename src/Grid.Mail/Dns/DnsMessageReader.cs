using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Grid.Mail.Dns;

/// <summary>
/// Reads responses. In: bytes from anywhere. Out: a message that answers the question, or why it isn't one. Guarantees that it ends, in
/// time proportional to the bytes: a compressed name points backwards only and has at most 255 octets, and at most 512 records are
/// read. Never throws.
/// </summary>
internal ref struct DnsMessageReader
{
    public const ushort Internet = 1;
    public const ushort Options = 41;

    private const int MostRecords = 512;
    private const int MostNameReads = 2048;
    private const uint LongestTtlSeconds = 86_400;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;
    private int _jumps;
    private bool _broken;

    private DnsMessageReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a response to a query.</summary>
    public static DnsFault Read(ReadOnlySpan<byte> bytes, DnsQuery query, out DnsMessage message)
    {
        message = new(false, false, 0, [], null);
        if (bytes.Length < 12 || BinaryPrimitives.ReadUInt16BigEndian(bytes) != query.Id)
        {
            return DnsFault.Foreign;
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if ((flags & 0xF800) != 0x8000)
        {
            return DnsFault.Foreign;
        }

        var (questions, answers, authorities, additionals) = (Count(bytes, 4), Count(bytes, 6), Count(bytes, 8), Count(bytes, 10));
        var code = flags & 15;
        if (questions == 0 && code is DnsMessage.FormatError or DnsMessage.NotImplemented)
        {
            message = message with { ResponseCode = code };
            return DnsFault.None;
        }

        var end = 12 + query.WireName.Length;
        if (questions != 1 || bytes.Length < end + 4
            || BinaryPrimitives.ReadUInt16BigEndian(bytes[end..]) != (ushort)query.Type || BinaryPrimitives.ReadUInt16BigEndian(bytes[(end + 2)..]) != Internet
            || !Ascii.EqualsIgnoreCase(bytes[12..end], query.WireName))
        {
            return DnsFault.Foreign;
        }

        var sameCase = bytes[12..end].SequenceEqual(query.WireName);
        var reader = new DnsMessageReader(bytes) { _at = end + 4 };
        var truncated = (flags & 0x0200) != 0;
        var entries = new List<DnsMessage.Entry>();
        (string, TimeSpan)? negative = null;
        if (!truncated)
        {
            reader.Records(answers, (DnsMessage.Entry e) => entries.Add(e), null);
            reader.Records(authorities, null, (zone, ttl) => negative ??= (zone, ttl));
            code |= reader.ExtendedCode(additionals) << 4;
        }

        message = new(truncated, (flags & 0x0020) != 0, code, entries, negative);
        return reader._broken ? DnsFault.Malformed : sameCase ? DnsFault.None : DnsFault.OtherCase;
    }

    private void Records(int count, Action<DnsMessage.Entry>? add, Action<string, TimeSpan>? start)
    {
        for (var i = 0; i < count && !_broken; i++)
        {
            if (i == MostRecords)
            {
                _broken = true;
                return;
            }

            var owner = Name();
            var (type, kind) = (UInt16(), UInt16());
            var ttl = Ttl(UInt32());
            var length = UInt16();
            var next = _at + length;
            if (_broken || next > _bytes.Length)
            {
                _broken = true;
                return;
            }

            if (kind == Internet && add is not null && Data((DnsType)type, next) is { } record)
            {
                add(new(owner, (DnsType)type, ttl, record));
            }
            else if (kind == Internet && start is not null && (DnsType)type == DnsType.Soa)
            {
                Name();
                Name();
                Skip(16);
                var minimum = Ttl(UInt32());
                _broken |= _at != next;
                if (!_broken)
                {
                    start(owner, minimum < ttl ? minimum : ttl);
                }
            }

            _at = next;
        }
    }

    /// <summary>The upper eight bits of the response code, from the OPT record (RFC 6891 6.1.3); whatever else stands there is not looked at.</summary>
    private int ExtendedCode(int count)
    {
        for (var i = 0; i < count && i < MostRecords && !_broken && _at < _bytes.Length; i++)
        {
            Name();
            var type = UInt16();
            UInt16();
            var ttl = UInt32();
            Skip(UInt16());
            if (type == Options)
            {
                return (int)(ttl >> 24);
            }
        }

        return 0;
    }

    /// <summary>The record's data; null for a type that nobody asks for. Names in it end where it ends.</summary>
    private DnsRecord? Data(DnsType type, int end)
    {
        var length = end - _at;
        DnsRecord? record = null;
        switch (type)
        {
            case DnsType.A when length == 4:
            case DnsType.Aaaa when length == 16:
                record = new DnsRecord.Address(new IPAddress(_bytes.Slice(_at, length)));
                _at = end;
                break;
            case DnsType.Cname or DnsType.Ptr:
                record = new DnsRecord.Name(Name());
                break;
            case DnsType.Mx:
                var preference = UInt16();
                record = new DnsRecord.MailExchanger(preference, Name());
                break;
            case DnsType.Txt:
                record = Text(end);
                break;
            case DnsType.Tlsa when length >= 4:
                record = new DnsRecord.TlsAssociation(_bytes[_at], _bytes[_at + 1], _bytes[_at + 2], _bytes[(_at + 3)..end].ToArray());
                _at = end;
                break;
            case DnsType.A or DnsType.Aaaa or DnsType.Tlsa:
                _broken = true;
                break;
            default:
                return null;
        }

        _broken |= _at != end;
        return _broken ? null : record;
    }

    private DnsRecord.Text Text(int end)
    {
        var text = new StringBuilder();
        while (_at < end)
        {
            var length = _bytes[_at++];
            if (_at + length > end)
            {
                _broken = true;
                break;
            }

            text.Append(Encoding.Latin1.GetString(_bytes.Slice(_at, length)));
            _at += length;
        }

        return new(text.ToString());
    }

    private string Name()
    {
        var text = new StringBuilder();
        var (at, limit, octets) = (_at, _at, 1);
        var followed = false;
        while (!_broken)
        {
            if (at >= _bytes.Length || ++_jumps > MostNameReads * 8)
            {
                _broken = true;
            }
            else if (_bytes[at] >= 0xC0)
            {
                var target = at + 1 < _bytes.Length ? ((_bytes[at] & 0x3F) << 8) | _bytes[at + 1] : int.MaxValue;
                _at = followed ? _at : at + 2;
                followed = true;

                // Strictly backwards from where this stretch began: so no name can come back to itself.
                _broken = target >= limit || target < 12;
                (at, limit) = (target, target);
            }
            else if (_bytes[at] == 0)
            {
                _at = followed ? _at : at + 1;
                return text.ToString();
            }
            else
            {
                var length = _bytes[at];
                octets += length + 1;
                _broken = length > DnsName.MaxLabelOctets || octets > DnsName.MaxOctets || at + 1 + length > _bytes.Length;
                if (!_broken)
                {
                    Label(text, _bytes.Slice(at + 1, length));
                    at += length + 1;
                }
            }
        }

        return "";
    }

    // A dot inside a label, and what isn't visible, is escaped as in zone files: it can't be taken for another name.
    private static void Label(StringBuilder text, ReadOnlySpan<byte> label)
    {
        if (text.Length > 0)
        {
            text.Append('.');
        }

        foreach (var octet in label)
        {
            if (octet is > (byte)' ' and < 127 and not (byte)'.' and not (byte)'\\' and not (byte)'"')
            {
                text.Append(char.ToLowerInvariant((char)octet));
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\{octet:d3}");
            }
        }
    }

    private ushort UInt16() => Take(2) is { Length: 2 } two ? BinaryPrimitives.ReadUInt16BigEndian(two) : (ushort)0;

    private uint UInt32() => Take(4) is { Length: 4 } four ? BinaryPrimitives.ReadUInt32BigEndian(four) : 0;

    private void Skip(int count) => Take(count);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_broken || _at + count > _bytes.Length)
        {
            _broken = true;
            return [];
        }

        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    private static int Count(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    /// <summary>A TTL with its highest bit set is 0 (RFC 2181 8); a day is kept at most.</summary>
    private static TimeSpan Ttl(uint seconds) => TimeSpan.FromSeconds(seconds > int.MaxValue ? 0 : Math.Min(seconds, LongestTtlSeconds));
}
