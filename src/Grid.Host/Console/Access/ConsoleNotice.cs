namespace Grid.Host.Console.Access;

/// <summary>What became of an action, shown on the next page, once.</summary>
/// <param name="IsFault">It was refused.</param>
/// <param name="Text">In a sentence.</param>
public sealed record ConsoleNotice(bool IsFault, string Text)
{
    /// <summary>What exactly is wrong, a line each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>A secret that is shown this once; null for none.</summary>
    public string? Secret { get; init; }
}
