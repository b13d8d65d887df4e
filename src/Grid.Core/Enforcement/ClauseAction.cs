namespace Grid.Core.Enforcement;

/// <summary>What a breached clause does.</summary>
public enum ClauseAction : byte
{
    /// <summary>Starts a cure period.</summary>
    Warn = 1,

    /// <summary>Holds: a tenant is suspended, an IP rests, a domain is paused.</summary>
    Suspend = 2,
}
