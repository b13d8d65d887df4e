namespace Grid.Host.Api.Model;

/// <summary>Warm-up plans by name.</summary>
public sealed record WarmupPlansBody(IReadOnlyList<WarmupPlanBody> Plans);
