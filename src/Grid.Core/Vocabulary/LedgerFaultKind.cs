namespace Grid.Core.Vocabulary;

/// <summary>What was done to an entry of the ledger after it was written.</summary>
public enum LedgerFaultKind : byte
{
    /// <summary>It says something else now.</summary>
    Altered = 1,

    /// <summary>It is gone.</summary>
    Removed = 2,

    /// <summary>It stands in another's place.</summary>
    Swapped = 3,

    /// <summary>It was put in without being chained.</summary>
    Inserted = 4,
}
