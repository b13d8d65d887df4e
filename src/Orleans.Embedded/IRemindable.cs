using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that takes reminders.</summary>
public interface IRemindable : IGrain
{
    /// <summary>A reminder is due. An exception is logged; the reminder comes again after its period.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
