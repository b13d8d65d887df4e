using System.Buffers;
using System.Text;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>One message for one or more recipients of a receiver: what goes into MAIL, RCPT and DATA. Sound by construction: no address can
/// break out of its command.</summary>
public sealed class SmtpTransaction
{
    /// <summary>Longest address in bytes; RFC 5321 allows 254.</summary>
    public const int MaxAddressBytes = 512;

    /// <summary>Most recipients; RFC 5321, 4.5.3.1.8 has receivers take at least 100.</summary>
    public const int MaxRecipients = 1000;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 33).Select(c => (char)c), '<', '>', '\u007f']);

    /// <summary>Makes a transaction.</summary>
    /// <param name="returnPath">Address of MAIL; empty for a bounce.</param>
    /// <param name="recipients">1 to <see cref="MaxRecipients"/> addresses.</param>
    /// <param name="body">Header and body; lines end in CRLF, without a bare CR or LF, not dot-stuffed. Trusted to be so: intake checked it.</param>
    /// <param name="eightBit">The body has octets above 127.</param>
    /// <param name="utf8">The header needs SMTPUTF8 (RFC 6531); addresses outside ASCII set it by themselves.</param>
    /// <param name="state">The caller's own; untouched.</param>
    /// <exception cref="ArgumentException">An address holds a control character, a space or an angle bracket, is empty or too long; or there are too few or too many.</exception>
    public SmtpTransaction(
        string returnPath, IReadOnlyList<string> recipients, ReadOnlyMemory<byte> body, bool eightBit = false, bool utf8 = false, object? state = null)
    {
        if (recipients.Count is 0 or > MaxRecipients)
            throw new ArgumentException($"A transaction has 1 to {MaxRecipients} recipients.", nameof(recipients));

        bool ascii = returnPath.Length == 0 || Check(returnPath, nameof(returnPath));
        for (int i = 0; i < recipients.Count; i++)
            ascii &= Check(recipients[i], nameof(recipients));

        ReturnPath = returnPath;
        Recipients = recipients;
        Body = body;
        EightBit = eightBit;
        Utf8 = utf8 || !ascii;
        State = state;
    }

    /// <summary>Address of MAIL; empty for the null return path.</summary>
    public string ReturnPath { get; }

    /// <summary>Addresses of RCPT.</summary>
    public IReadOnlyList<string> Recipients { get; }

    /// <summary>The message.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>8BITMIME is needed.</summary>
    public bool EightBit { get; }

    /// <summary>SMTPUTF8 is needed.</summary>
    public bool Utf8 { get; }

    /// <summary>Verified TLS and REQUIRETLS are needed (RFC 8689).</summary>
    public bool RequireTls { get; init; }

    /// <summary>Goes along where the receiver offers DSN (RFC 3461), but NOTIFY=NEVER; null: nothing. Values as they were read from a command.</summary>
    public DsnWishes? Dsn { get; init; }

    /// <summary>The caller's own.</summary>
    public object? State { get; }

    /// <summary>Set before the acceptance is reported: for each recipient the refusal of its RCPT, null for those that the message reached; null: it reached all.</summary>
    public SmtpReply?[]? Refusals { get; internal set; }

    private static bool Check(string address, string parameter)
    {
        bool ascii = Ascii.IsValid(address);
        if (address.Length == 0 || address.AsSpan().ContainsAny(Forbidden) || (ascii ? address.Length : Encoding.UTF8.GetByteCount(address)) > MaxAddressBytes)
            throw new ArgumentException("An address is empty, too long, or holds a control character, a space or an angle bracket.", parameter);

        return ascii;
    }
}
