namespace Grid.Core.Vocabulary;

/// <summary>
/// The end of an attempt: the record for the log and what becomes of the envelope, in one transaction. A final record removes the
/// envelope; a deferral keeps it until <paramref name="RetryAt"/>; a record that follows a delivery (complaint, late bounce) touches none.
/// </summary>
/// <param name="Record">The outcome.</param>
/// <param name="RetryAt">For Deferred only: when to try again.</param>
public sealed record Settlement(OutcomeRecord Record, DateTimeOffset? RetryAt = null)
{
    /// <summary>What its sender is to be told of it, noted in the same transaction; null: nothing.</summary>
    public DsnAction? Tell { get; init; }
}
