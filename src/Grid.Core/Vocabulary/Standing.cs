namespace Grid.Core.Vocabulary;

/// <summary>The state of a tenant, a sending IP or a recipient domain. The order is that of severity, pending apart.</summary>
public enum Standing : byte
{
    /// <summary>Not yet vetted; may not send.</summary>
    Pending = 0,

    /// <summary>In good standing.</summary>
    Active = 1,

    /// <summary>Sends, with a cure period running.</summary>
    Warned = 2,

    /// <summary>Held: a tenant's intake is refused and its queue waits, an IP rests, a domain is paused.</summary>
    Suspended = 3,

    /// <summary>Ended for ever; queued mail is cancelled.</summary>
    Terminated = 4,
}
