namespace Grid.Host.Console.Observed;

/// <summary>A wake-up call that is set.</summary>
internal sealed record KnownReminder(string Grain, string Name, DateTimeOffset FirstAt, TimeSpan Period);
