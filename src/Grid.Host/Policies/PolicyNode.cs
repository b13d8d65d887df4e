namespace Grid.Host.Policies;

/// <summary>A piece of a policy's text with its place, from YAML or JSON alike: a closed set.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal abstract record PolicyNode(int Line, int Column)
{
    /// <summary>A text, number or flag. <paramref name="IsPlain"/>: without quotes.</summary>
    public sealed record Scalar(int Line, int Column, string Value, bool IsPlain) : PolicyNode(Line, Column);

    /// <summary>Names with values, in order.</summary>
    public sealed record Map(int Line, int Column, IReadOnlyList<(Scalar Key, PolicyNode Value)> Entries) : PolicyNode(Line, Column);

    /// <summary>A list.</summary>
    public sealed record List(int Line, int Column, IReadOnlyList<PolicyNode> Items) : PolicyNode(Line, Column);
}
