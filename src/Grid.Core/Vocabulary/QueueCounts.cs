namespace Grid.Core.Vocabulary;

/// <summary>The queue, counted.</summary>
/// <param name="Whole">All of it.</param>
/// <param name="ByTenant">The largest, largest first, then by name.</param>
/// <param name="ByDomain">The largest, largest first, then by name.</param>
public sealed record QueueCounts(QueueCount Whole, IReadOnlyList<QueueCount> ByTenant, IReadOnlyList<QueueCount> ByDomain);
