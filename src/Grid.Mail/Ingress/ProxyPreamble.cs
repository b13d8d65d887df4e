using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Grid.Mail.Ingress;

/// <summary>
/// Reads what a trusted proxy begins a connection with: a header of the PROXY protocol, version 1 or 2 (haproxy.org, proxy-protocol.txt).
/// In: the first bytes. Out: whose connection it is. Nothing else is taken for one, and what comes after it is left for the session.
/// </summary>
internal static class ProxyPreamble
{
    /// <summary>Longest header of version 2, with all that proxies add to it, in bytes.</summary>
    public const int MaxBytes = 4096;

    /// <summary>Longest header of version 1, in bytes, CR LF included (2.1).</summary>
    private const int MaxLine = 107;

    private const int Fixed = 16;
    private const byte Local = 0x20;
    private const byte Proxied = 0x21;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Takes the header off the wire within a time.</summary>
    /// <returns>Ready, with the client's address, or null where the proxy speaks for itself; Malformed for anything else than a header; else what kept it away.</returns>
    public static async ValueTask<(SmtpWireStatus Status, IPAddress? Client)> TakeAsync(SmtpServerWire wire, TimeSpan timeout)
    {
        var start = new byte[MaxBytes];
        wire.SetDeadline(timeout);
        while (true)
        {
            var status = await wire.FillAsync().ConfigureAwait(false);
            if (status != SmtpWireStatus.Ready)
                return (status, null);

            var (length, client) = Read(start.AsSpan(0, wire.Look(start)));
            if (length < 0)
                return (SmtpWireStatus.Malformed, null);

            if (length > 0)
            {
                wire.ClearDeadline();
                wire.Consume(length);
                return (SmtpWireStatus.Ready, client);
            }
        }
    }

    /// <summary>The header's length and the client; 0: more is needed; -1: it is none.</summary>
    internal static (int Length, IPAddress? Client) Read(ReadOnlySpan<byte> bytes)
    {
        var isSecond = bytes.Length > 0 && bytes[0] == Signature[0];
        var mark = isSecond ? Signature : "PROXY "u8;
        int known = Math.Min(bytes.Length, mark.Length);
        if (!bytes[..known].SequenceEqual(mark[..known]))
            return (-1, null);

        return isSecond ? ReadSecond(bytes) : ReadFirst(bytes);
    }

    private static (int Length, IPAddress? Client) ReadFirst(ReadOnlySpan<byte> bytes)
    {
        var end = bytes[..Math.Min(bytes.Length, MaxLine)].IndexOf("\r\n"u8);
        if (end < 0)
            return (bytes.Length < MaxLine ? 0 : -1, null);

        var words = Encoding.ASCII.GetString(bytes[..end]).Split(' ');
        if (words is ["PROXY", "UNKNOWN", ..])
            return (end + 2, null);

        var family = words[1] switch { "TCP4" => '.', "TCP6" => ':', _ => '\0' };
        return words.Length == 6 && IsPort(words[4]) && IsPort(words[5]) && words[2].Contains(family) && words[3].Contains(family)
            && IPAddress.TryParse(words[2], out var client) && IPAddress.TryParse(words[3], out _)
            ? (end + 2, Plain(client)) : (-1, null);
    }

    private static (int Length, IPAddress? Client) ReadSecond(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Fixed)
            return (0, null);

        var whole = Fixed + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        int? ofAddress = (bytes[12], bytes[13]) switch { (Local, _) or (Proxied, 0x00) => 0, (Proxied, 0x11) => 4, (Proxied, 0x21) => 16, _ => null };
        if (ofAddress is not { } size || whole > MaxBytes || whole < Fixed + (size == 0 ? 0 : (2 * size) + 4))
            return (-1, null);

        return bytes.Length < whole ? (0, null) : (whole, size == 0 ? null : Plain(new(bytes.Slice(Fixed, size))));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsPort(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
