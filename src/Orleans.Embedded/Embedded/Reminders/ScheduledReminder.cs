namespace Orleans.Embedded.Reminders;

/// <summary>A reminder with its next tick.</summary>
internal sealed class ScheduledReminder(ReminderEntry entry)
{
    public ReminderEntry Entry { get; } = entry;

    /// <summary>UTC.</summary>
    public DateTime NextTick { get; set; }

    /// <summary>Removed or replaced, though its place in the schedule may still be there.</summary>
    public bool IsCancelled { get; set; }
}
