namespace Grid.Core.Counters;

/// <summary>Harm to a sending IP in one hour or day.</summary>
/// <param name="From">When it begins.</param>
/// <param name="Length">An hour or a day.</param>
/// <param name="Tenants">By tenant.</param>
public sealed record HarmSlot(DateTimeOffset From, TimeSpan Length, IReadOnlyList<Harm> Tenants);
