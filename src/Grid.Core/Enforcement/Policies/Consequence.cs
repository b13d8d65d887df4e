namespace Grid.Core.Enforcement.Policies;

/// <summary>What follows when a clause's condition holds. From <see cref="Guide"/> on they are rungs of the ladder, in order of severity.</summary>
public enum Consequence : byte
{
    /// <summary>An entry on the ledger.</summary>
    Record = 1,

    /// <summary>A notice to the tenant.</summary>
    Notify = 2,

    /// <summary>A case is opened.</summary>
    Case = 3,

    /// <summary>The recipient's address is suppressed for the tenant.</summary>
    Suppress = 4,

    /// <summary>The message isn't taken until an operator has looked at it.</summary>
    Hold = 5,

    /// <summary>The message, or the recipient, is refused.</summary>
    Refuse = 6,

    /// <summary>Guidance, with a time in which to be better.</summary>
    Guide = 10,

    /// <summary>A warning with a cure period.</summary>
    Warn = 11,

    /// <summary>The limited rate of the ladder, for a time.</summary>
    Limit = 12,

    /// <summary>Held: a tenant is suspended, an IP rests, a domain is paused.</summary>
    Suspend = 13,

    /// <summary>Ended for ever; tenants and sending IPs only.</summary>
    Terminate = 14,
}
