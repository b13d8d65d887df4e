namespace Grid.Core.Vocabulary;

/// <summary>A message at the moment of acceptance: its body once, and an envelope for each recipient.</summary>
public sealed record SpooledMessage
{
    public required MessageId Id { get; init; }

    public required string Tenant { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public MailStream Stream { get; init; }

    public string? Campaign { get; init; }

    /// <summary>What the tenant said of it (subject, from, metadata, consent), as JSON; shown again, never interpreted by the store.</summary>
    public string? Details { get; init; }

    /// <summary>The whole message, CRLF line ends, without dot stuffing and without the closing dot. Headers first.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The recipients to be queued.</summary>
    public required IReadOnlyList<Envelope> Envelopes { get; init; }

    /// <summary>Recipients that ended at once (suppressed, refused); their outcomes are logged in the same transaction.</summary>
    public IReadOnlyList<OutcomeRecord> EndedAtOnce { get; init; } = [];

    /// <summary>Who is told of it, with the parameters of those recipients that had any; null: nobody is.</summary>
    public DsnWishes? Dsn { get; init; }

    /// <summary>What is to be told of it, now or later.</summary>
    public IReadOnlyList<DsnNotice> Notices { get; init; } = [];
}
