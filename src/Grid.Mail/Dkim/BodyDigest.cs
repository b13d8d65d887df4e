using System.Buffers;
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
    private static readonly SearchValues<byte> Stops = SearchValues.Create(" \t\r"u8);

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

    /// <summary>Runs of blanks become one, those at a line's end none; empty lines count only when something follows them.</summary>
    private static void Relaxed(ReadOnlySpan<byte> body, ref DigestSink sink)
    {
        var emptyLines = 0;
        var (isBlankPending, hasText) = (false, false);
        while (body.Length > 0)
        {
            var stop = body.IndexOfAny(Stops);
            if (stop >= 0 && body[stop] == '\r' && !(stop + 1 < body.Length && body[stop + 1] == '\n'))
            {
                stop++; // text, up to and with a CR that ends no line
            }
            else if (stop == 0)
            {
                if (body[0] != '\r')
                {
                    isBlankPending = true;
                    body = body[1..];
                    continue;
                }

                if (hasText)
                {
                    sink.Write("\r\n"u8);
                }
                else
                {
                    emptyLines++;
                }

                (isBlankPending, hasText) = (false, false);
                body = body[2..];
                continue;
            }

            for (; emptyLines > 0; emptyLines--)
            {
                sink.Write("\r\n"u8);
            }

            if (isBlankPending)
            {
                sink.Write(" "u8);
            }

            (isBlankPending, hasText) = (false, true);
            var run = stop < 0 ? body : body[..stop];
            sink.Write(run);
            body = body[run.Length..];
        }

        if (hasText)
        {
            sink.Write("\r\n"u8);
        }
    }
}
