using Grid.Core.Admission;

namespace Grid.Grains.Sending;

/// <summary>What a lane keeps across activations.</summary>
[GenerateSerializer, Alias("grid.lane-state")]
public sealed record LaneDocument
{
    [Id(0)]
    public LaneState State { get; init; } = new();

    /// <summary>When the rate limiter's bucket is full again.</summary>
    [Id(1)]
    public DateTimeOffset? PermitsFrom { get; init; }
}
