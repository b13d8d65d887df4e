namespace Orleans;

/// <summary>Why an activation ends.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason.</summary>
    None = 0,

    /// <summary>The process shuts down.</summary>
    ShuttingDown = 1,

    /// <summary>The activation never came up.</summary>
    ActivationFailed = 2,

    /// <summary>The activation was idle for its collection age.</summary>
    ActivationIdle = 4,

    /// <summary>A call failed in a way that makes the state in memory doubtful.</summary>
    ApplicationError = 8,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested = 9,

    /// <summary>The engine asked for it.</summary>
    RuntimeRequested = 11,
}
