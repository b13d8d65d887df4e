namespace Grid.Core.Enforcement;

/// <summary>What goes with a standing that still sends. The numbers are stored.</summary>
[Flags]
public enum StandingConditions : byte
{
    None = 0,

    /// <summary>New: an allowance that rises step by step.</summary>
    Probation = 1,

    /// <summary>Guidance was given, and its time runs.</summary>
    Guided = 2,

    /// <summary>The ladder's limited rate holds.</summary>
    Limited = 4,
}
