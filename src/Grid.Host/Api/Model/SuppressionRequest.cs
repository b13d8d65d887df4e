namespace Grid.Host.Api.Model;

/// <summary>A suppression as PUT.</summary>
/// <param name="Reason">complaint, hardBounce, unsubscribe or manual; default manual.</param>
/// <param name="Detail">At most 500 characters.</param>
/// <param name="Scope">all or bulk; default bulk for unsubscribe, else all.</param>
public sealed record SuppressionRequest(string? Reason, string? Detail, string? Scope = null);
