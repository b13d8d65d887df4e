using Orleans.Runtime;

namespace Orleans;

/// <summary>Where reminders are kept. An implementation is registered as a singleton service.</summary>
public interface IReminderTable
{
    /// <summary>Makes the table ready, before any other call.</summary>
    Task StartAsync(CancellationToken cancellationToken = default)
#pragma warning disable CS0618 // the older form is what an older table implements
        => Init();
#pragma warning restore CS0618

    /// <summary>The older form of <see cref="StartAsync"/>.</summary>
    [Obsolete("Implement and use StartAsync instead")]
    Task Init() => Task.CompletedTask;

    /// <summary>All reminders of a grain.</summary>
    Task<ReminderTableData> ReadRows(GrainId grainId);

    /// <summary>The reminders of grains whose uniform hash code is in (begin, end], which wraps at the top; all where the two are equal.</summary>
    Task<ReminderTableData> ReadRows(uint begin, uint end);

    /// <summary>One reminder; null where there is none.</summary>
    Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

    /// <summary>Adds or replaces; returns the new ETag.</summary>
    Task<string?> UpsertRow(ReminderEntry entry);

    /// <summary>False where there is none, or its ETag is another.</summary>
    Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

    /// <summary>Removes all.</summary>
    Task TestOnlyClearTable();

    /// <summary>The last call.</summary>
    Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
