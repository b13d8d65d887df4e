namespace Grid.Host.Console.Observed;

/// <summary>One grain, as indented JSON.</summary>
/// <param name="Live">What it answers now.</param>
/// <param name="Stored">What it saved last; null where nothing is stored in the grid's own store.</param>
internal sealed record GrainPicture(string Live, string? Stored);
