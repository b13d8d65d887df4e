namespace Grid.Core.Enforcement.Policies;

/// <summary>What a parameter's value is.</summary>
public enum ParameterType : byte
{
    /// <summary>true or false.</summary>
    Flag = 1,

    /// <summary>A list of words.</summary>
    Words = 2,

    /// <summary>"48 h".</summary>
    Duration = 3,

    /// <summary>"600/min".</summary>
    Rate = 4,

    /// <summary>"2 suspensions".</summary>
    Count = 5,

    /// <summary>A text.</summary>
    Text = 6,

    /// <summary>A number without a unit, such as the factor by which delays grow.</summary>
    Factor = 7,

    /// <summary>"20 %".</summary>
    Share = 8,

    /// <summary>The steps of the probation.</summary>
    Steps = 9,
}
