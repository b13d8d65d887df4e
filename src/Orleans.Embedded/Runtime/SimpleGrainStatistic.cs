namespace Orleans.Runtime;

/// <summary>How many grains of a class are active.</summary>
[GenerateSerializer]
public sealed class SimpleGrainStatistic
{
    /// <summary>Full name of the class.</summary>
    [Id(0)]
    public string GrainType { get; init; } = null!;

    /// <summary>Active grains.</summary>
    [Id(2)]
    public int ActivationCount { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{GrainType}: {ActivationCount}";
}
