namespace Grid.Core.Enforcement.Policies;

/// <summary>Where a clause comes from.</summary>
/// <param name="Seed">Name of the text, such as "mailup".</param>
/// <param name="Lines">Lines of it: "38", or "5,7", or "77-79".</param>
public sealed record ClauseSource(string Seed, string Lines);
