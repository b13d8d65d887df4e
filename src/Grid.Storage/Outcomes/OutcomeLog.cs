using System.Globalization;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Outcomes;

/// <summary>
/// Reading side of the outcome log.
/// In: positions to read after. Out: records in their order, and each committed group as it happens.
/// Guarantees positions from 1 without gaps, and that what was read or handed over is durable.
/// Fails with <see cref="StoreUnavailableException"/> when the store cannot be read. Records past their retention are gone.
/// </summary>
/// <param name="mine">Condition on a record of this owner's log.</param>
/// <param name="checkpointName">Name of this owner's checkpoint in <c>meta</c>.</param>
internal sealed class OutcomeLog(GroupWriter writer, ReadPool reads, Func<string> mine, Func<string> checkpointName) : IOutcomeLog
{
    /// <inheritdoc />
    public long LastPosition => writer.LastPosition;

    /// <inheritdoc />
    public void OnCommitted(Action<IReadOnlyList<OutcomeRecord>> consumer) => writer.OnCommitted(consumer);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OutcomeRecord>> ReadAsync(long after, int limit, CancellationToken cancellationToken = default) =>
        reads.ListAsync(
            $"SELECT {OutcomeColumns.All} FROM outcome WHERE {mine()} AND position > $1 ORDER BY position LIMIT $2", [after, limit], OutcomeColumns.Read, cancellationToken);

    /// <inheritdoc />
    public ValueTask<(IReadOnlyList<OutcomeRecord> Records, long Next)> ReadTenantAsync(
        string tenant, long after, int limit, int scanLimit, CancellationToken cancellationToken = default) =>
        reads.ScanAsync<(IReadOnlyList<OutcomeRecord>, long)>(
            async (session, cancel) =>
            {
                // Positions have no gaps but at the start, where old records were summed up: a page of positions is a page of records.
                var first = Number(await session.FirstAsync(
                    $"SELECT position FROM outcome WHERE {mine()} AND position > $1 ORDER BY position LIMIT 1", [after], static row => (object)row.GetInt64(0), cancel));
                if (first == 0)
                {
                    return ([], after);
                }

                var last = Math.Min(first - 1 + scanLimit, LastPosition);
                var records = await session.ListAsync(
                    $"SELECT {OutcomeColumns.All} FROM outcome WHERE {mine()} AND position >= $1 AND position <= $2 AND tenant = $3 ORDER BY position LIMIT $4",
                    [first, last, tenant, limit],
                    OutcomeColumns.Read,
                    cancel);
                return (records, records.Count == limit ? records[^1].Position : Math.Max(after, last));
            },
            cancellationToken);

    /// <inheritdoc />
    public async ValueTask<long> ReadCheckpointAsync(CancellationToken cancellationToken = default) =>
        Number(await reads.FirstAsync("SELECT number FROM meta WHERE name = $1", [checkpointName()], static row => (object)row.GetInt64(0), cancellationToken));

    /// <inheritdoc />
    public async ValueTask WriteCheckpointAsync(long position, CancellationToken cancellationToken = default) =>
        await writer.Add(
            session => session.Execute(
                "INSERT INTO meta (name, number) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET number = excluded.number WHERE meta.number < excluded.number",
                checkpointName(), position),
            cancellationToken);

    private static long Number(object? value) => value is null ? 0 : Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
