namespace Grid.Core.Enforcement.Policies;

/// <summary>What a signal is, and so which conditions it can stand in.</summary>
public enum SignalKind : byte
{
    /// <summary>Counted from the outcome log: rate and count.</summary>
    Counter = 1,

    /// <summary>Reported by a check: finding and count.</summary>
    Finding = 2,

    /// <summary>Reported by a look-up in a blocklist: listing and count.</summary>
    Listing = 3,

    /// <summary>An operator's: verdict and count.</summary>
    Verdict = 4,

    /// <summary>What the subject's own history holds: count.</summary>
    Memory = 5,

    /// <summary>Declared with a message, or read from it at intake: declaration.</summary>
    Fact = 6,
}
