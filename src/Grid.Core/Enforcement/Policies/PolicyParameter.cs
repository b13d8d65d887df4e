namespace Grid.Core.Enforcement.Policies;

/// <summary>A parameter that policies can set.</summary>
/// <param name="Name">With a dot for each level: "ladder.warnFor".</param>
/// <param name="Type">What its value is: bool, list of strings, TimeSpan, Rate, long, string, double, Ratio or list of steps.</param>
/// <param name="Words">What it means.</param>
/// <param name="Get">Reads it of a compiled policy.</param>
/// <param name="Set">The policy with another value.</param>
public sealed record PolicyParameter(string Name, ParameterType Type, string Words, Func<EnforcementPolicy, object> Get, Func<EnforcementPolicy, object, EnforcementPolicy> Set)
{
    /// <summary>For counts: the noun that their number has.</summary>
    public string Unit { get; init; } = "";

    /// <summary>For durations: the shortest.</summary>
    public TimeSpan Shortest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For durations: the longest.</summary>
    public TimeSpan Longest { get; init; } = PolicyBounds.MaxMemory;

    /// <summary>For words: what they can be; empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}
