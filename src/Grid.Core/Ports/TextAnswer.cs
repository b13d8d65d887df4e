namespace Grid.Core.Ports;

/// <summary>What the DNS said of a name's text records: a closed set.</summary>
public abstract record TextAnswer
{
    private TextAnswer()
    {
    }

    /// <summary>There are some.</summary>
    /// <param name="Records">At least one, each with its strings joined.</param>
    public sealed record Found(IReadOnlyList<string> Records) : TextAnswer;

    /// <summary>The name has none, or doesn't exist.</summary>
    public sealed record None : TextAnswer;

    /// <summary>Nobody could say now.</summary>
    public sealed record Unavailable(string Words) : TextAnswer;
}
