using Orleans.Embedded.Activations;
using Orleans.Embedded.Reminders;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Reminders of a grain: wake-up calls that are stored, and so outlive the activation and the process.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Stores a reminder, replacing the one of the same name.</summary>
    /// <param name="grain">The grain, which must be <see cref="IRemindable"/>.</param>
    /// <param name="reminderName">Its name within the grain; not empty.</param>
    /// <param name="dueTime">Until the first tick; 0 or more, as far away as one likes.</param>
    /// <param name="period">Between ticks; at least <see cref="Hosting.ReminderOptions.MinimumReminderPeriod"/>.</param>
    /// <exception cref="ArgumentException">A time is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The grain is not remindable, or reminders were not added to the silo.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ReminderRegistry.Of(Activation.Of(grain.GrainContext)).RegisterOrUpdate(grain, reminderName, dueTime, period);

    /// <inheritdoc cref="RegisterOrUpdateReminder(Grain, string, TimeSpan, TimeSpan)"/>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ReminderRegistry.Of(Activation.Of(grain.GrainContext)).RegisterOrUpdate(grain, reminderName, dueTime, period);

    /// <summary>Removes a reminder.</summary>
    /// <exception cref="ReminderException">It was changed or removed since it was read.</exception>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) =>
        ReminderRegistry.Of(Activation.Of(grain.GrainContext)).Unregister(grain, reminder);

    /// <inheritdoc cref="UnregisterReminder(Grain, IGrainReminder)"/>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
        ReminderRegistry.Of(Activation.Of(grain.GrainContext)).Unregister(grain, reminder);

    /// <summary>The reminder of this name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
        ReminderRegistry.Of(Activation.Of(grain.GrainContext)).Get(grain, reminderName);

    /// <inheritdoc cref="GetReminder(Grain, string)"/>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        ReminderRegistry.Of(Activation.Of(grain.GrainContext)).Get(grain, reminderName);

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => ReminderRegistry.Of(Activation.Of(grain.GrainContext)).List(grain);

    /// <inheritdoc cref="GetReminders(Grain)"/>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => ReminderRegistry.Of(Activation.Of(grain.GrainContext)).List(grain);
}
