namespace Grid.Host.Api.Model;

/// <summary>A case that an operator opens.</summary>
/// <param name="Subject">tenant/ID, ip/ADDRESS or domain/NAME.</param>
/// <param name="Words">What is to be looked into.</param>
public sealed record CaseRequest(string? Subject, string? Words);
