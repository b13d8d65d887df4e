using System.Globalization;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>What a receiver offered in its reply to EHLO (RFC 5321, 4.1.1.1). After HELO: nothing.</summary>
public sealed record SmtpExtensions
{
    /// <summary>No extension at all.</summary>
    public static readonly SmtpExtensions None = new();

    /// <summary>RFC 2920.</summary>
    public bool Pipelining { get; init; }

    /// <summary>RFC 6152.</summary>
    public bool EightBitMime { get; init; }

    /// <summary>RFC 6531.</summary>
    public bool SmtpUtf8 { get; init; }

    /// <summary>RFC 1870: SIZE may be declared.</summary>
    public bool Size { get; init; }

    /// <summary>Largest message in bytes; 0 where the receiver named no limit.</summary>
    public long SizeLimitBytes { get; init; }

    /// <summary>RFC 3030.</summary>
    public bool Chunking { get; init; }

    /// <summary>RFC 3207.</summary>
    public bool StartTls { get; init; }

    /// <summary>RFC 2034.</summary>
    public bool EnhancedCodes { get; init; }

    /// <summary>RFC 3461.</summary>
    public bool Dsn { get; init; }

    /// <summary>RFC 8689, offered over verified TLS.</summary>
    public bool RequireTls { get; init; }

    /// <summary>Reads the lines of the reply to EHLO, without their codes; the first names the host. Unknown words are passed over.</summary>
    public static SmtpExtensions Parse(IReadOnlyList<string> lines)
    {
        var found = None;
        for (int i = 1; i < lines.Count; i++)
        {
            string[] words = lines[i].Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
            found = words.Length == 0 ? found : words[0].ToUpperInvariant() switch
            {
                "PIPELINING" => found with { Pipelining = true },
                "8BITMIME" => found with { EightBitMime = true },
                "SMTPUTF8" => found with { SmtpUtf8 = true },
                "SIZE" => found with { Size = true, SizeLimitBytes = words.Length > 1 ? Limit(words[1]) : 0 },
                "CHUNKING" => found with { Chunking = true },
                "STARTTLS" => found with { StartTls = true },
                "ENHANCEDSTATUSCODES" => found with { EnhancedCodes = true },
                "REQUIRETLS" => found with { RequireTls = true },
                "DSN" => found with { Dsn = true },
                _ => found,
            };
        }

        return found;
    }

    /// <summary>What the receiver's extensions cannot carry is refused here, before it is tried; null where all is well.</summary>
    internal SmtpReply? RefusalOf(SmtpTransaction transaction)
    {
        if (transaction.RequireTls && !RequireTls)
            return new SmtpReply(550, "5.7.30", "The message may go over verified TLS only, to a receiver that offers REQUIRETLS (RFC 8689)");

        if (transaction.EightBit && !EightBitMime)
            return new SmtpReply(554, "5.6.3", "The receiver does not take 8-bit messages (8BITMIME) and this one is not converted");

        if (transaction.Utf8 && !SmtpUtf8)
            return new SmtpReply(553, "5.6.7", "The receiver does not take internationalized addresses or headers (SMTPUTF8)");

        return SizeLimitBytes > 0 && transaction.Body.Length > SizeLimitBytes
            ? new SmtpReply(552, "5.3.4", $"The message has {transaction.Body.Length} bytes; the receiver takes {SizeLimitBytes}")
            : null;
    }

    private static long Limit(string word) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : 0;
}
