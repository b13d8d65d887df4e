namespace Grid.Host.Api.Model;

/// <summary>How one version's text became another's.</summary>
/// <param name="Changes">Lines taken out and put in, in the order of the text.</param>
public sealed record PolicyDiffBody(string Name, int From, int To, IReadOnlyList<LineChangeBody> Changes);
