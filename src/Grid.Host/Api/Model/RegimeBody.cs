namespace Grid.Host.Api.Model;

/// <summary>A law, and the checks that serve it.</summary>
/// <param name="Regime">can-spam, gdpr, casl, eu-ecommerce, eu-eprivacy or other.</param>
/// <param name="IsAttested">Whether the policy asks for somebody's word that it is kept.</param>
/// <param name="AttestedBy">Who gave it.</param>
public sealed record RegimeBody(string Regime, IReadOnlyList<ControlBody> Checks, bool IsAttested, string? AttestedBy, DateTimeOffset? AttestedAt);
