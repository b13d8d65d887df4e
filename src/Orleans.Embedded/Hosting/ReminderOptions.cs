namespace Orleans.Hosting;

/// <summary>Options of reminders.</summary>
public sealed class ReminderOptions
{
    /// <summary>The least period of a reminder; default 1 minute.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
