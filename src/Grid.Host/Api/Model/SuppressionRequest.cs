namespace Grid.Host.Api.Model;

/// <summary>A suppression as PUT by a tenant.</summary>
/// <param name="Reason">complaint, hardBounce, unsubscribe or manual; default manual.</param>
/// <param name="Detail">At most 500 characters.</param>
public sealed record SuppressionRequest(string? Reason, string? Detail);
