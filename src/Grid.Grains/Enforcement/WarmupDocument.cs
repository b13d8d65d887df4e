using Grid.Core.Admission;

namespace Grid.Grains.Enforcement;

/// <summary>A sending IP's warm-up, as kept across activations.</summary>
[GenerateSerializer, Alias("grid.warmup-document")]
public sealed record WarmupDocument
{
    /// <summary>What it was begun by; another plan or day begins anew. Null: there is none.</summary>
    [Id(0)]
    public Contracts.Enforcement.WarmupSpec? Spec { get; init; }

    [Id(1)]
    public WarmupSnapshot? State { get; init; }
}
