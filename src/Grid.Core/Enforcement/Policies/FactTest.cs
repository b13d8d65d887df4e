namespace Grid.Core.Enforcement.Policies;

/// <summary>What a declaration is held against: a closed set.</summary>
public abstract record FactTest
{
    private FactTest()
    {
    }

    /// <summary>Nothing was declared (or: something was).</summary>
    public sealed record Missing(bool Yes = true) : FactTest;

    /// <summary>A yes or no is so; what is not known is neither.</summary>
    public sealed record Is(bool Yes) : FactTest;

    /// <summary>A word is one of these. <paramref name="Parameter"/> names a parameter of the policy instead; empty once compiled.</summary>
    public sealed record In(IReadOnlyList<string> Values, string Parameter = "") : FactTest;

    /// <summary>A word is none of these, or nothing was declared. An empty list of a parameter stands for "any word will do".</summary>
    public sealed record NotIn(IReadOnlyList<string> Values, string Parameter = "") : FactTest;

    /// <summary>A number is strictly above this.</summary>
    public sealed record Above(long Limit) : FactTest;

    /// <summary>An instant lies further back than this.</summary>
    public sealed record OlderThan(TimeSpan Age) : FactTest;
}
