using Grid.Core.Vocabulary;

namespace Grid.Storage.Writing;

/// <summary>The connection that writes, as the writer's thread sees it. Used by that thread alone.</summary>
internal interface IWriteSession : IDisposable
{
    /// <summary>Position of the last committed outcome.</summary>
    long LastPosition { get; }

    /// <summary>Opens a transaction.</summary>
    void Begin();

    /// <summary>Applies writes in their order within the open transaction.</summary>
    void Apply(ReadOnlySpan<Write> group);

    /// <summary>Makes the transaction durable and returns the outcomes that it appended, in log order.</summary>
    IReadOnlyList<OutcomeRecord> Commit();

    /// <summary>Undoes the transaction; never throws for a transaction that is already gone.</summary>
    void Rollback();

    /// <summary>True when the failure is the store's (disk full, server lost), not the write's.</summary>
    bool IsOutage(Exception exception);

    /// <summary>
    /// Proves with a small write that writing works again, reconnecting where needed; throws when it doesn't. Returns outcomes that
    /// turn out to be committed although their commit failed, so that the log's consumer misses none.
    /// </summary>
    IReadOnlyList<OutcomeRecord> Probe();

    /// <summary>Deletes some bodies of finished messages in a transaction of its own; false when none were left to delete.</summary>
    bool Tidy();
}
