namespace Grid.Core.Vocabulary;

/// <summary>
/// One entry of the outcome log, the truth from which every counter is projected. The log gives it its position when it commits.
/// </summary>
public sealed record OutcomeRecord
{
    /// <summary>Place in the owner's log, from 1, without gaps in an owner's order; 0 until committed.</summary>
    public long Position { get; init; }

    /// <summary>When it happened, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    public required OutcomeKind Kind { get; init; }

    public required EnvelopeKey Key { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The recipient's address as it was given.</summary>
    public required string Address { get; init; }

    /// <summary>The recipient's domain, lower case, in its ASCII form.</summary>
    public required string Domain { get; init; }

    public MailStream Stream { get; init; }

    /// <summary>Receiving site; empty where no attempt was made.</summary>
    public string Site { get; init; } = "";

    /// <summary>Sending IP; empty where no attempt was made.</summary>
    public string Ip { get; init; } = "";

    /// <summary>Number of this attempt, from 1; 0 where none was made.</summary>
    public int Attempt { get; init; }

    /// <summary>The receiver's last words; null where there were none.</summary>
    public SmtpReply? Reply { get; init; }

    /// <summary>What TLS the attempt went over; null: none.</summary>
    public TlsFacts? Tls { get; init; }

    public ReplyReason Reason { get; init; }

    public ReplyAbout About { get; init; }

    /// <summary>True for a refusal that says that the address will never work.</summary>
    public bool Hard { get; init; }

    /// <summary>For a bounce that came after a delivery: when that delivery was counted, so that it leaves "delivered".</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The clause that refused, where a policy did (Suppressed, Cancelled).</summary>
    public string? Clause { get; init; }
}
