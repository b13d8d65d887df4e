namespace Grid.Core.Ports;

/// <summary>A reminder as stored.</summary>
/// <param name="StartAt">First tick, UTC.</param>
/// <param name="Period">Time between ticks.</param>
public sealed record StoredReminder(string GrainId, string Name, DateTimeOffset StartAt, TimeSpan Period, string ETag);
