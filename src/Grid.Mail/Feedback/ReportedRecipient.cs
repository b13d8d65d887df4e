using Grid.Core.Vocabulary;

namespace Grid.Mail.Feedback;

/// <summary>What a <see cref="DeliveryReport"/> says of one recipient.</summary>
/// <param name="Address">As it stood in RCPT.</param>
/// <param name="Action">What became of it.</param>
/// <param name="Status">RFC 3463, such as "5.1.1".</param>
public sealed record ReportedRecipient(string Address, DsnAction Action, string Status)
{
    /// <summary>ORCPT as the sender gave it; null where not given.</summary>
    public string? Original { get; init; }

    /// <summary>A receiver's words, code first; null: there are none, and <see cref="Words"/> are ours.</summary>
    public string? Reply { get; init; }

    /// <summary>Our own words; null where there are none.</summary>
    public string? Words { get; init; }

    /// <summary>Host that said so; null where it isn't known.</summary>
    public string? RemoteMta { get; init; }

    /// <summary>When it was last tried; null: never.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>Until when it is tried; null: no more.</summary>
    public DateTimeOffset? TriedUntil { get; init; }
}
