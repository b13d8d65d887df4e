using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Core.Admission;

/// <summary>What to do when a receiver says a thing often enough. A reply matches where each kind of condition that is given holds.</summary>
public sealed record ShapingRule
{
    /// <summary>Name, shown with what it does; unique in its profile.</summary>
    public required string Id { get; init; }

    /// <summary>Reply codes, any of them; empty: any refusal.</summary>
    public IReadOnlyList<int> Codes { get; init; } = [];

    /// <summary>Enhanced codes (RFC 3463), any of them; empty: any or none.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Phrases in the reply, lower case, any of them; empty: any words. A space in front means the start of a word.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>How the reply is classified, any of them; empty: any.</summary>
    public IReadOnlyList<ReplyReason> Reasons { get; init; } = [];

    /// <summary>Replies within <see cref="Within"/> that set it off, 1 to 1,000; default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>1 min to 24 h; default 1 h.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromHours(1);

    /// <summary>It is about volume: the lane learns its pace from it (<see cref="LanePace"/>).</summary>
    public bool Learn { get; init; }

    public required ShapingAction Action { get; init; }

    /// <summary>How long it lasts, 1 min to 7 d.</summary>
    public required TimeSpan For { get; init; }

    /// <summary>With Limit: most connections, at least 1; null: as they are.</summary>
    public int? Connections { get; init; }

    /// <summary>With Limit: most messages over a connection, at least 1; null: as they are.</summary>
    public int? MessagesPerConnection { get; init; }

    /// <summary>With Limit: most messages in a time; null: as it is.</summary>
    public Rate? Rate { get; init; }

    /// <summary>Whether a refusal matches. <paramref name="normal"/>: its words in the classifier's form.</summary>
    internal bool Matches(SmtpReply reply, string normal, string status, ReplyReason reason) =>
        (Codes.Count == 0 || Codes.Contains(reply.Code))
        && (Statuses.Count == 0 || Statuses.Contains(status))
        && (Reasons.Count == 0 || Reasons.Contains(reason))
        && (Phrases.Count == 0 || Phrases.Any(phrase => normal.Contains(phrase, StringComparison.Ordinal)));
}
