using Grid.Core.Vocabulary;

namespace Grid.Grains.Ingress;

/// <summary>A message as its gate hands it over: read, checked and put right.</summary>
public sealed record Submission
{
    /// <summary>From <see cref="Intake.NextId"/>, as it stands in the message's own headers.</summary>
    public required MessageId Id { get; init; }

    /// <summary>The whole message, CRLF line ends.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Domain of its one author, lower case ASCII; empty where it isn't known: then no tenant's key signs it.</summary>
    public string FromDomain { get; init; } = "";

    /// <summary>1 to 1,000.</summary>
    public required IReadOnlyList<SubmittedRecipient> Recipients { get; init; }

    /// <summary>Recipients that the tenant's policy refused; they are answered, and nothing is kept of them.</summary>
    public IReadOnlyList<AcceptedRecipient> Refused { get; init; } = [];

    /// <summary>Null: it isn't held.</summary>
    public HeldFor? Held { get; init; }

    public MailStream Stream { get; init; }

    public string? Campaign { get; init; }

    /// <summary>What the tenant said of it, as JSON.</summary>
    public string? Details { get; init; }

    public bool EightBit { get; init; }

    public bool Utf8 { get; init; }

    /// <summary>Over verified TLS or not at all (RFC 8689).</summary>
    public bool RequireTls { get; init; }

    /// <summary>Who is told what becomes of it (RFC 3461); null: nobody.</summary>
    public DsnRequest? Dsn { get; init; }

    /// <summary>Of what they are told without NOTIFY.</summary>
    public DsnNotify NotifyByDefault { get; init; } = DsnNotify.Failure;

    /// <summary>When a delay is told, after the acceptance.</summary>
    public TimeSpan DelayToldAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Of a report: what it tells. It goes out from the null return path, and is kept only where none of that is told yet.</summary>
    public IReadOnlyList<DsnNotice> Tells { get; init; } = [];

    /// <summary>Whatever the domain says of TLS (RFC 8460 3, RFC 8689 5).</summary>
    public bool AnyTls { get; init; }

    /// <summary>How long it is tried; null: as long as the schedule says.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Not to be sent before; null = now.</summary>
    public DateTimeOffset? SendAt { get; init; }
}
