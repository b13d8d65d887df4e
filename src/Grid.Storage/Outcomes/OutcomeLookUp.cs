using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Outcomes;

/// <summary>
/// Looking back into the log. Positions are found by halving, as times are in order but for what was logged late: a step looks at the
/// newest of <see cref="Probe"/> neighbours, and an hour is added in front.
/// </summary>
/// <param name="mine">Condition on a record of this owner's log.</param>
internal sealed class OutcomeLookUp(ReadPool reads, Func<string> mine) : IOutcomeLookUp
{
    /// <summary>Records that one step looks at.</summary>
    public const int Probe = 64;

    /// <summary>How late a record may be logged and still be found exactly.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public ValueTask<long> PositionBeforeAsync(DateTimeOffset at, CancellationToken cancellationToken = default) =>
        reads.ScanAsync(
            async (session, cancel) =>
            {
                var until = (at.UtcTicks < Late.Ticks ? DateTimeOffset.MinValue : at.ToUniversalTime() - Late).ToStored();
                var first = await EndAsync(session, "min", cancel);
                var (low, high) = (Math.Max(0, first - 1), await EndAsync(session, "max", cancel));
                while (low < high)
                {
                    var middle = low + ((high - low) / 2);
                    var newest = (await session.ListAsync(
                        $"SELECT at FROM outcome WHERE {mine()} AND position > $1 ORDER BY position LIMIT $2", [middle, Probe], static row => row.GetInt64(0), cancel)).DefaultIfEmpty().Max();
                    (low, high) = newest < until ? (middle + 1, high) : (low, middle);
                }

                return low;
            },
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyDictionary<MessageId, MessageLabels>> LabelsAsync(IReadOnlyCollection<MessageId> messages, CancellationToken cancellationToken = default) =>
        reads.ScanAsync<IReadOnlyDictionary<MessageId, MessageLabels>>(
            async (session, cancel) =>
            {
                var labels = new Dictionary<MessageId, MessageLabels>(messages.Count);
                foreach (var message in messages)
                {
                    if (await session.FirstAsync(
                        "SELECT campaign, details FROM message WHERE id = $1", [message.Value], static row => new MessageLabels(row.GetText(0), row.GetText(1)), cancel) is { } found)
                    {
                        labels[message] = found;
                    }
                }

                return labels;
            },
            cancellationToken);

    // By order, not by min() and max(): both dialects then read one entry of the key.
    private async ValueTask<long> EndAsync(SqlSession session, string end, CancellationToken cancellationToken) =>
        (await session.ListAsync(
            $"SELECT position FROM outcome WHERE {mine()} ORDER BY position {(end == "min" ? "ASC" : "DESC")} LIMIT 1", [], static row => row.GetInt64(0), cancellationToken)).DefaultIfEmpty().Max();
}
