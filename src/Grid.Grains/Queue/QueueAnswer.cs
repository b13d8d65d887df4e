using Grid.Core.Vocabulary;

namespace Grid.Grains.Queue;

/// <summary>The queue for a domain's mail, or why there is none.</summary>
/// <param name="Failure">With no queue: what the mail is settled with.</param>
public readonly record struct QueueAnswer(ReadyQueue? Queue, SmtpReply? Failure = null);
