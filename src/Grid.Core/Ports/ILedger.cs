using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>The append-only record of decisions, a chain of hashes. The standing of every subject is what its latest transition says.</summary>
public interface ILedger
{
    /// <summary>Appends; a decision whose id is already there adds nothing. Durable when the task completes. A decision that changes no standing (From = To) leaves the standing's Since; one that is no <see cref="DecisionKind.Transition"/> leaves it alone.</summary>
    ValueTask AppendAsync(Decision decision, CancellationToken cancellationToken = default);

    /// <summary>The subject's standing; null when nothing was ever decided about it.</summary>
    ValueTask<StandingRecord?> StandingAsync(Subject subject, CancellationToken cancellationToken = default);

    /// <summary>Standings of one kind, ordered by key after <paramref name="afterKey"/>.</summary>
    ValueTask<IReadOnlyList<StandingRecord>> StandingsAsync(SubjectKind kind, string afterKey, int limit, CancellationToken cancellationToken = default);

    /// <summary>Decisions newest first, of one subject or of all (null), older than the decision <paramref name="before"/> where given.</summary>
    ValueTask<IReadOnlyList<Decision>> ReadAsync(Subject? subject, string? before, int limit, CancellationToken cancellationToken = default);

    /// <summary>One entry with its place in the chain; null when there is none of that id.</summary>
    ValueTask<LedgerEntry?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Entries oldest first, after the entry of that number (0: from the first).</summary>
    ValueTask<IReadOnlyList<LedgerEntry>> ReadForwardAsync(long afterLink, int limit, CancellationToken cancellationToken = default);

    /// <summary>Checks the chain and names every entry that is not as it was written. Reads the whole ledger, in pages.</summary>
    ValueTask<LedgerVerification> VerifyAsync(CancellationToken cancellationToken = default);
}
