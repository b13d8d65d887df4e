namespace Grid.Core.Vocabulary;

/// <summary>A queued recipient, as the queue and the senders handle it. The body stays in the spool.</summary>
public sealed record Envelope
{
    /// <summary>Due time, and end, of mail that is held for review: no clock comes so far.</summary>
    public static readonly DateTimeOffset HeldUntil = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public required EnvelopeKey Key { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Address as given, to be used in RCPT.</summary>
    public required string Address { get; init; }

    /// <summary>Recipient domain, lower case ASCII.</summary>
    public required string Domain { get; init; }

    public MailStream Stream { get; init; }

    /// <summary>The campaign that it belongs to; null: none was named.</summary>
    public string? Campaign { get; init; }

    /// <summary>Pool of sending IPs that it is to leave from.</summary>
    public required string Pool { get; init; }

    /// <summary>Size of the stored message in bytes.</summary>
    public int SizeBytes { get; init; }

    /// <summary>The body has octets above 127 (8BITMIME needed).</summary>
    public bool EightBit { get; init; }

    /// <summary>Addresses or header need SMTPUTF8 (RFC 6531).</summary>
    public bool Utf8 { get; init; }

    /// <summary>Over verified TLS, to who promises the same, or not at all (RFC 8689).</summary>
    public bool RequireTls { get; init; }

    /// <summary>Of what its sender wants to hear (RFC 3461).</summary>
    public DsnNotify Notify { get; init; }

    /// <summary>Parameters of RFC 3461 were given, and the next host is to have them (<see cref="Ports.ISpool.ReadDsnAsync"/>).</summary>
    public bool HasDsnParameters { get; init; }

    /// <summary>It goes out from the null return path: a report, which nobody reports about.</summary>
    public bool HasNullReturnPath { get; init; }

    /// <summary>Whatever the domain says of TLS: a report that its TLS fails must reach it (RFC 8460 3), or its sender says "TLS-Required: No" (RFC 8689 5).</summary>
    public bool AnyTls { get; init; }

    /// <summary>How many recipients the message has; above 1 they may share a transaction.</summary>
    public int RecipientCount { get; init; } = 1;

    /// <summary>Attempts made so far.</summary>
    public int Attempts { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>It waits for an operator's review.</summary>
    public bool IsHeld => DueAt >= HeldUntil;

    /// <summary>Not before this instant.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>No new attempt after a deferral past this instant.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
