namespace Grid.Host.Console.Observed;

/// <summary>The process in numbers.</summary>
internal sealed record SiloFigures(string Name, int Number, string Machine, string Engine, TimeSpan Up, double CpuSeconds, long WorkingSetBytes, long HeapBytes);
