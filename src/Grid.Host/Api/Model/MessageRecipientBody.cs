namespace Grid.Host.Api.Model;

/// <summary>A recipient and what has become of it.</summary>
/// <param name="State">queued, deferred, held (for review, or as its stream or campaign is suspended), delivered, bounced, expired, suppressed, cancelled or complained.</param>
/// <param name="NextAttempt">Not before this instant; absent when final or held.</param>
public sealed record MessageRecipientBody(
    string Address,
    string State,
    int Attempts,
    ReplyBody? LastReply,
    DateTimeOffset? NextAttempt,
    IReadOnlyList<EventBody> Events)
{
    /// <summary>What the sender is told by mail; absent where that is nothing.</summary>
    public IReadOnlyList<NoticeOfDeliveryBody>? Notices { get; init; }
}
