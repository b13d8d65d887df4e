namespace Grid.Host.Api.Model;

/// <summary>One slot of a series.</summary>
/// <param name="At">When it begins.</param>
public sealed record SeriesSlotBody(DateTimeOffset At, CountersBody Counters);
