namespace Grid.Host.Api.Model;

/// <summary>A clause in words.</summary>
/// <param name="Remedy">What cures it.</param>
public sealed record RuleBody(string Id, string Words, string Remedy);
