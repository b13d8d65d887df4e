namespace Grid.Host.Api.Model;

/// <summary>A subject's exceptions from its policy.</summary>
public sealed record OverridesBody(string Subject, IReadOnlyList<OverrideBody> Overrides);
