using Grid.Core.Ports;
using Orleans.Runtime;

namespace Grid.Host.Wiring;

/// <summary>Reminders in the grid's store.</summary>
internal sealed class GridReminders(IReminderStore store) : IReminderTable
{
    public async Task<ReminderTableData> ReadRows(GrainId grainId) => Table(await store.ListAsync(grainId.ToString()));

    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var table = Table(await store.ListAsync());
        return new(table.Reminders.Where(entry => IsWithin(entry.GrainId.GetUniformHashCode(), begin, end)));
    }

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await store.ListAsync(grainId.ToString())).Where(r => r.Name == reminderName).Select(Entry).FirstOrDefault();

    public async Task<string?> UpsertRow(ReminderEntry entry) =>
        await store.WriteAsync(new(entry.GrainId.ToString(), entry.ReminderName, new DateTimeOffset(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)), entry.Period, ""));

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => await store.RemoveAsync(grainId.ToString(), reminderName, eTag);

    public async Task TestOnlyClearTable()
    {
        foreach (var reminder in await store.ListAsync())
        {
            await store.RemoveAsync(reminder.GrainId, reminder.Name, reminder.ETag);
        }
    }

    private static ReminderTableData Table(IReadOnlyList<StoredReminder> reminders) => new(reminders.Select(Entry));

    private static ReminderEntry Entry(StoredReminder reminder) => new()
    {
        GrainId = GrainId.Parse(reminder.GrainId),
        ReminderName = reminder.Name,
        StartAt = reminder.StartAt.UtcDateTime,
        Period = reminder.Period,
        ETag = reminder.ETag,
    };

    /// <summary>(begin, end] on the ring of hash codes, which wraps at the top; all of it where the two are equal.</summary>
    private static bool IsWithin(uint hash, uint begin, uint end) =>
        begin == end || (begin < end ? hash > begin && hash <= end : hash > begin || hash <= end);
}
