namespace Grid.Bench.Engine;

/// <summary>What a run of calls came to.</summary>
internal sealed record CallFigures(double CallsPerSecond, double BytesPerCall);
