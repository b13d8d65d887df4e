namespace Grid.Core.Vocabulary;

/// <summary>Something that a sender is to be told of a recipient: once for each recipient and action.</summary>
/// <param name="At">When it happened; of a delay: not to be told before.</param>
/// <param name="Said">A later host's status and words, where it is told on; null: the outcome log has them.</param>
public sealed record DsnNotice(EnvelopeKey Key, DsnAction Action, DateTimeOffset At, string? Said = null)
{
    public DsnState State { get; init; }

    /// <summary>The message that told it; null where none did.</summary>
    public MessageId? Report { get; init; }
}
