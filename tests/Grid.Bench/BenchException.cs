namespace Grid.Bench;

/// <summary>The bench could not run: something is missing, did not start, or did not finish in its time.</summary>
internal sealed class BenchException : Exception
{
    public BenchException(string message) : base(message)
    {
    }

    public BenchException(string message, Exception inner) : base(message, inner)
    {
    }
}
