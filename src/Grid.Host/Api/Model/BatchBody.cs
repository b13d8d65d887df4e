namespace Grid.Host.Api.Model;

/// <summary>What became of a batch, in its order.</summary>
public sealed record BatchBody(IReadOnlyList<AcceptedBody> Results);
