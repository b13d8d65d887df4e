namespace Grid.Core.Enforcement;

/// <summary>How far a suspension is. The numbers are stored.</summary>
public enum SuspensionStage : byte
{
    /// <summary>Not suspended, or it ends by itself.</summary>
    None = 0,

    /// <summary>What happened is being looked into.</summary>
    Investigating = 1,

    /// <summary>It was looked into and stands; the tenant may say what was the cause, what is mended and what prevents it.</summary>
    AwaitingAppeal = 2,
}
