using Grid.Core.Vocabulary;

namespace Grid.Host.Enforcement;

/// <summary>Does what follows from an entry of the ledger, outside of its subject.</summary>
public interface ILedgerFollower
{
    /// <summary>Takes an entry, perhaps more than once: the second time changes nothing. An exception has it brought again.</summary>
    ValueTask TakeAsync(Decision decision, CancellationToken cancellationToken);
}
