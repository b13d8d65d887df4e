using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>One message for recipients at one site.</summary>
public class MailTransaction
{
    /// <summary>For MAIL FROM, without angle brackets; empty for the null return path.</summary>
    public required string ReturnPath { get; init; }

    /// <summary>For RCPT TO, 1 to 100.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>The message with CRLF line ends, not dot-stuffed.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>Body has octets above 127.</summary>
    public bool EightBit { get; init; }

    /// <summary>Needs SMTPUTF8.</summary>
    public bool Utf8 { get; init; }

    /// <summary>Needs verified TLS, and REQUIRETLS (RFC 8689).</summary>
    public bool RequireTls { get; init; }

    /// <summary>What goes along where the receiver offers DSN (RFC 3461); null: nothing.</summary>
    public DsnWishes? Dsn { get; init; }

    /// <summary>Set by the connection before it calls "accepted": for each recipient the refusal of its RCPT, null for those that the message reached. Null: it reached all.</summary>
    public SmtpReply?[]? Refusals { get; set; }
}
