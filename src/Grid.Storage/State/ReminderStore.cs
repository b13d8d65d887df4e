using System.Data.Common;
using Grid.Core.Ports;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.State;

/// <summary>Reminders.</summary>
internal sealed class ReminderStore(GroupWriter writer, ReadPool reads) : IReminderStore
{
    private const string Columns = "grain_id, name, start_ticks, period_ticks, etag";

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StoredReminder>> ListAsync(CancellationToken cancellationToken = default) =>
        reads.ListAsync($"SELECT {Columns} FROM reminder ORDER BY grain_id, name", [], Read, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StoredReminder>> ListAsync(string grainId, CancellationToken cancellationToken = default) =>
        reads.ListAsync($"SELECT {Columns} FROM reminder WHERE grain_id = $1 ORDER BY name", [grainId], Read, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<string> WriteAsync(StoredReminder reminder, CancellationToken cancellationToken = default)
    {
        var etag = ETags.New();
        await writer.Add(
            session => session.Execute(
                $"""
                 INSERT INTO reminder ({Columns}) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (grain_id, name) DO UPDATE SET start_ticks = excluded.start_ticks, period_ticks = excluded.period_ticks, etag = excluded.etag
                 """,
                reminder.GrainId, reminder.Name, reminder.StartAt.UtcTicks, reminder.Period.Ticks, etag),
            cancellationToken);
        return etag;
    }

    /// <inheritdoc />
    public async ValueTask<bool> RemoveAsync(string grainId, string name, string etag, CancellationToken cancellationToken = default) =>
        await writer.Add(session => session.Execute("DELETE FROM reminder WHERE grain_id = $1 AND name = $2 AND etag = $3", grainId, name, etag), cancellationToken) > 0;

    private static StoredReminder Read(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), new(row.GetInt64(2), TimeSpan.Zero), TimeSpan.FromTicks(row.GetInt64(3)), row.GetString(4));
}
