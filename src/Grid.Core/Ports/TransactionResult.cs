using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>How a transaction came out.</summary>
/// <param name="Replies">One for each recipient: what decided its fate. Code 0 where the connection was lost.</param>
/// <param name="Attempted">False when the receiver closed before anything of this transaction was answered: it may go again at once, uncounted.</param>
/// <param name="NextAbandoned">The transaction that had begun in the same write was lost with the connection and is unattempted.</param>
public readonly record struct TransactionResult(IReadOnlyList<SmtpReply> Replies, bool Attempted, bool NextAbandoned)
{
    /// <summary>For each recipient which command its reply answers; null where that isn't known, or all was well.</summary>
    public IReadOnlyList<AnsweredCommand>? Answered { get; init; }
}
