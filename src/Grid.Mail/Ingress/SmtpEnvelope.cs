namespace Grid.Mail.Ingress;

/// <summary>The envelope of a transaction as it grows from MAIL over RCPT to the message.</summary>
public sealed class SmtpEnvelope
{
    private readonly List<SmtpRecipient> _recipients = new(1);

    /// <summary>Address of MAIL; empty for the null return path.</summary>
    public required string ReturnPath { get; init; }

    /// <summary>BODY=8BITMIME was given (RFC 6152).</summary>
    public bool EightBit { get; init; }

    /// <summary>SMTPUTF8 was given (RFC 6531).</summary>
    public bool Utf8 { get; init; }

    /// <summary>SIZE in bytes (RFC 1870); null where not given.</summary>
    public long? DeclaredSizeBytes { get; init; }

    /// <summary>RET of RFC 3461: "FULL" or "HDRS"; null where not given.</summary>
    public string? Return { get; init; }

    /// <summary>ENVID of RFC 3461, xtext as given; null where not given.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>REQUIRETLS was given (RFC 8689): it goes on over verified TLS, to who promises the same, or not at all.</summary>
    public bool RequireTls { get; init; }

    /// <summary>Recipients accepted so far, in order.</summary>
    public IReadOnlyList<SmtpRecipient> Recipients => _recipients;

    internal void Add(SmtpRecipient recipient) => _recipients.Add(recipient);
}
