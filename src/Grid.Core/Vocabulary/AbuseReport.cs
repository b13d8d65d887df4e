namespace Grid.Core.Vocabulary;

/// <summary>
/// A case of the abuse desk. All that comes from outside is cut to its bound before it gets here. Nothing follows from a case by itself:
/// the operator decides.
/// </summary>
public sealed record AbuseReport
{
    /// <summary>Longest evidence kept, in bytes: header and the beginning of the message.</summary>
    public const int MaxEvidenceBytes = 64 * 1024;

    /// <summary>Longest of the other texts, in characters.</summary>
    public const int MaxTextLength = 2000;

    /// <summary>The case's number, from 1; 0 until it is stored.</summary>
    public long Number { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset At { get; init; }

    public required AbuseSource Source { get; init; }

    /// <summary>Why it had no consequence (a verdict's name such as "reporterUnknown"), for <see cref="AbuseSource.Feedback"/>; else empty.</summary>
    public string Why { get; init; } = "";

    /// <summary>IP address that handed it over.</summary>
    public string Peer { get; init; } = "";

    /// <summary>Who reports, as they say; an address, or empty.</summary>
    public string Reporter { get; init; } = "";

    /// <summary>Whose mail it is about, as they say; may be empty.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The address that the mail went to, as they say: it may differ from the reporter's. May be empty.</summary>
    public string SpammedAddress { get; init; } = "";

    /// <summary>When the mail came, in the reporter's words; may be empty.</summary>
    public string SpammedAt { get; init; } = "";

    /// <summary>What they write; may be empty.</summary>
    public string Words { get; init; } = "";

    /// <summary>The tenant whose mail it is about, found by a token of ours; null where there was none.</summary>
    public string? Tenant { get; init; }

    /// <summary>The message that it is about, found likewise.</summary>
    public MessageId? Message { get; init; }

    /// <summary>Header and message as they gave it, or the whole report.</summary>
    public ReadOnlyMemory<byte> Evidence { get; init; }

    /// <summary>What the operator decided, in a word or a sentence; null while the case is open.</summary>
    public string? Verdict { get; init; }

    /// <summary>When they did.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What was done.</summary>
    public string? Action { get; init; }
}
