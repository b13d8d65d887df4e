namespace Grid.Bench.Parts;

/// <summary>One thing that the bench measures; prints its own tables.</summary>
internal interface IPart
{
    /// <exception cref="BenchException">It could not run.</exception>
    Task RunAsync(CancellationToken cancel);
}
