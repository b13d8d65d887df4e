using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grid.Mail.Mime;

namespace Grid.Mail.Dkim;

/// <summary>
/// Signs messages (RFC 6376; rsa-sha256, relaxed/relaxed). In: a message with CRLF line ends, and keys. Out: a new message with one
/// DKIM-Signature field a key above it, the first key's on top; nothing else is touched, but that a message which is all header gets
/// its empty line, without which some verifiers read none of it.
/// Guarantees: body and header are put into canonical form once, however many keys; what <see cref="SignedFields"/> names is covered.
/// Fails: never on any bytes; a key that can't sign throws <see cref="CryptographicException"/>.
/// </summary>
public static class DkimSigner
{
    private const int MaxLine = 76;

    /// <summary>Signs with each of the keys.</summary>
    /// <param name="fields">Finished header fields, with line ends, to be put between the signatures and the message, and signed with it.</param>
    /// <param name="now">Time of signing, for t=.</param>
    public static byte[] Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> fields, IReadOnlyList<DkimSigningKey> keys, DateTimeOffset now)
    {
        var headerEnd = HeaderLines.EndOf(message);
        using var header = new MimeBuffer(fields.Length + headerEnd);
        header.Write(fields);
        header.Write(message[..headerEnd]);
        using var canonical = new MimeBuffer(4096);
        using var names = new MimeBuffer(512);
        Select(header.Written, canonical, names);

        Span<byte> bodyHash = stackalloc byte[BodyDigest.Octets];
        var gap = BodyGap(message[headerEnd..]);
        BodyDigest.Compute(message[(headerEnd + gap)..], relaxed: true, bodyHash);
        using var signatures = new MimeBuffer(2048);
        var headers = canonical.Length;
        foreach (var key in keys)
        {
            canonical.Truncate(headers);
            Write(key, names.Written, bodyHash, now, canonical, signatures);
        }

        var missing = gap == 0 ? "\r\n"u8 : default;
        var signed = new byte[signatures.Length + fields.Length + message.Length + missing.Length];
        signatures.Written.CopyTo(signed);
        fields.CopyTo(signed.AsSpan(signatures.Length));
        message.CopyTo(signed.AsSpan(signatures.Length + fields.Length));
        missing.CopyTo(signed.AsSpan(signed.Length - missing.Length));
        return signed;
    }

    /// <summary>Octets of the empty line between header and body.</summary>
    internal static int BodyGap(ReadOnlySpan<byte> afterHeader) => afterHeader.StartsWith("\r\n"u8) ? 2 : afterHeader.StartsWith("\n"u8) ? 1 : 0;

    /// <summary>Writes the chosen fields in canonical form, lowest first as verifiers take them, and their names for h=.</summary>
    private static void Select(ReadOnlySpan<byte> header, MimeBuffer canonical, MimeBuffer names)
    {
        var found = new List<(int Start, int End)>[SignedFields.Names.Length];
        for (var start = 0; start < header.Length;)
        {
            var end = HeaderLines.FieldEnd(header, start);
            var colon = header[start..end].IndexOf((byte)':');
            if (colon > 0 && SignedFields.Find(header.Slice(start, colon).TrimEnd(" \t"u8)) is >= 0 and var name)
            {
                (found[name] ??= new(1)).Add((start, end));
            }

            start = end;
        }

        for (var i = 0; i < found.Length; i++)
        {
            var occurrences = found[i]?.Count ?? 0;
            var signed = Math.Min(occurrences, SignedFields.MaxOfOneName);
            for (var back = 1; back <= signed; back++)
            {
                var (start, end) = found[i][^back];
                CanonicalField.Write(header[start..end], relaxed: true, canonical);
            }

            var (fieldName, oneMoreBreaks) = SignedFields.Names[i];
            for (var mentions = oneMoreBreaks && signed == occurrences ? signed + 1 : signed; mentions > 0; mentions--)
            {
                names.Write(names.Length > 0 ? ":"u8 : default);
                names.Advance(Encoding.ASCII.GetBytes(fieldName, names.GetSpan(fieldName.Length)));
            }
        }
    }

    private static void Write(DkimSigningKey key, ReadOnlySpan<byte> names, ReadOnlySpan<byte> bodyHash, DateTimeOffset now, MimeBuffer canonical, MimeBuffer to)
    {
        var begin = to.Length;
        Ascii(string.Create(CultureInfo.InvariantCulture, $"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={key.Domain};\r\n\ts={key.Selector}; t={now.ToUnixTimeSeconds()};\r\n\th="), to);
        Fold(names, 3, (byte)':', to);
        to.Write(";\r\n\tbh="u8);
        Base64.EncodeToUtf8(bodyHash, to.GetSpan(64), out _, out var written);
        to.Advance(written);
        to.Write(";\r\n\tb="u8);

        CanonicalField.Write(to.Written[begin..], relaxed: true, canonical);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical.Written[..^2], digest); // the signature's own field goes without its line end
        Span<byte> signature = stackalloc byte[DkimSigningKey.MaxSignatureOctets];
        Span<byte> text = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(DkimSigningKey.MaxSignatureOctets)];
        Base64.EncodeToUtf8(signature[..key.Sign(digest, signature)], text, out _, out written);
        Fold(text[..written], 3, 0, to);
        to.Write("\r\n"u8);
    }

    private static void Ascii(string text, MimeBuffer to) => to.Advance(Encoding.ASCII.GetBytes(text, to.GetSpan(text.Length)));

    /// <summary>Writes a text in lines: cut after a separator, or anywhere (0).</summary>
    private static void Fold(ReadOnlySpan<byte> text, int column, byte separator, MimeBuffer to)
    {
        while (column + text.Length > MaxLine)
        {
            var cut = separator == 0 ? MaxLine - column : text[..(MaxLine - column)].LastIndexOf(separator) + 1;
            to.Write(text[..cut]);
            to.Write("\r\n\t"u8);
            text = text[cut..];
            column = 1;
        }

        to.Write(text);
    }
}
