using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Messages to keep together.</summary>
/// <param name="Messages">All of one tenant.</param>
/// <param name="ToMemory">True where the queue has room and takes the envelopes straight into memory: they are not indexed as
/// waiting, and only adopted as waiting after a crash. False: they wait in the store.</param>
/// <param name="Idempotency">The caller's key with what was answered to it; null without one.</param>
public sealed record AcceptRequest(IReadOnlyList<SpooledMessage> Messages, bool ToMemory, IdempotencyClaim? Idempotency = null);
