namespace Grid.Core.Enforcement;

/// <summary>What follows beside the change of standing.</summary>
[Flags]
public enum ClauseEffects : byte
{
    /// <summary>Nothing; the ledger has every change anyway.</summary>
    None = 0,

    /// <summary>A notice to the tenant.</summary>
    Notify = 1,

    /// <summary>A case is opened.</summary>
    Case = 2,
}
