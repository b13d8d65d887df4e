using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Messages to keep together.</summary>
/// <param name="Messages">All of one tenant.</param>
/// <param name="ToMemory">True where the queue has room and takes the envelopes straight into memory: they are not indexed as
/// waiting, and only adopted as waiting after a crash. False: they wait in the store.</param>
/// <param name="Idempotency">The caller's key with what was answered to it; null without one.</param>
public sealed record AcceptRequest(IReadOnlyList<SpooledMessage> Messages, bool ToMemory, IdempotencyClaim? Idempotency = null)
{
    /// <summary>Due notices that the one message tells; marked in the same transaction. Where one of them isn't due any more, nothing is kept
    /// and the answer is <see cref="AcceptResult.Repeated"/>: no notice is told twice.</summary>
    public IReadOnlyList<DsnNotice> Tells { get; init; } = [];
}
