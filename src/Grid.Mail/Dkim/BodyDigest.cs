using System.Security.Cryptography;

namespace Grid.Mail.Dkim;

/// <summary>
/// SHA-256 of a message's body in canonical form (RFC 6376 section 3.4.3 and 3.4.4), in one pass and without a copy of the body.
/// A bare CR or LF is a byte like any other. Any bytes are taken.
/// </summary>
internal static class BodyDigest
{
    /// <summary>Octets of a SHA-256.</summary>
    public const int Octets = SHA256.HashSizeInBytes;

    private const int SinkBytes = 4096;

    /// <summary>Hashes a body; returns its length in canonical form.</summary>
    public static long Compute(ReadOnlySpan<byte> body, bool relaxed, Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sink = new DigestSink(hash, stackalloc byte[SinkBytes]);
        if (relaxed)
        {
            Relaxed(body, ref sink);
        }
        else
        {
            Simple(body, ref sink);
        }

        sink.Flush();
        hash.GetHashAndReset(digest);
        return sink.Length;
    }

    private static void Simple(ReadOnlySpan<byte> body, ref DigestSink sink)
    {
        while (body.EndsWith("\r\n"u8))
        {
            body = body[..^2];
        }

        sink.Write(body);
        sink.Write("\r\n"u8);
    }

    /// <summary>
    /// Runs of blanks become one, those at a line's end none, and empty lines at the end go. Most text has little of that: what lies
    /// between is found in bulk and hashed where it stands.
    /// </summary>
    private static void Relaxed(ReadOnlySpan<byte> body, ref DigestSink sink)
    {
        body = body.TrimEnd(" \t"u8);
        while (body.EndsWith("\r\n"u8))
        {
            body = body[..^2].TrimEnd(" \t"u8);
        }

        if (body.Length == 0)
        {
            return;
        }

        var (tab, pair, end) = (-1, -1, -1);
        for (var position = 0; position < body.Length;)
        {
            tab = Next(body, tab, position, "\t"u8);
            pair = Next(body, pair, position, "  "u8);
            end = Next(body, end, position, " \r\n"u8);
            var blanks = Math.Min(tab, Math.Min(pair, end));
            if (blanks == tab && tab > position && body[tab - 1] == ' ')
            {
                blanks--;
            }

            sink.Write(body[position..blanks]);
            position = blanks;
            var length = body[position..].IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (length > 0)
            {
                position += length;
                sink.Write(body[position..].StartsWith("\r\n"u8) ? default : " "u8);
            }
        }

        sink.Write("\r\n"u8);
    }

    /// <summary>Where a pattern stands next, from a position on; the end where it doesn't. What is known is searched for only once it is passed.</summary>
    private static int Next(ReadOnlySpan<byte> body, int known, int position, ReadOnlySpan<byte> pattern) =>
        known >= position ? known : body[position..].IndexOf(pattern) is >= 0 and var at ? position + at : body.Length;
}
