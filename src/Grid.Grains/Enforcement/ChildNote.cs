namespace Grid.Grains.Enforcement;

/// <summary>What a tenant says of one that belongs to it.</summary>
/// <param name="IsSuspended">It may not send.</param>
/// <param name="Reason">Why, at most 1,000 characters.</param>
/// <param name="At">When it was said.</param>
public sealed record ChildNote(bool IsSuspended, string Reason, DateTimeOffset At);
