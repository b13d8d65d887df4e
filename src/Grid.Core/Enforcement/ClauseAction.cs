namespace Grid.Core.Enforcement;

/// <summary>What a breached clause does to a standing, in order of severity.</summary>
public enum ClauseAction : byte
{
    /// <summary>Nothing but an entry on the ledger, with its effects.</summary>
    Record = 0,

    /// <summary>Guidance, with a time in which to be better.</summary>
    Guide = 1,

    /// <summary>Starts a cure period.</summary>
    Warn = 2,

    /// <summary>The limited rate of the ladder, for a time.</summary>
    Limit = 3,

    /// <summary>Holds: a tenant is suspended, an IP rests, a domain is paused.</summary>
    Suspend = 4,

    /// <summary>Ends for ever; never for a recipient domain.</summary>
    Terminate = 5,
}
