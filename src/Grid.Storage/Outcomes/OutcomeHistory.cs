using System.Data.Common;
using System.Runtime.CompilerServices;
using Grid.Core.Counters;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Outcomes;

/// <summary>
/// Reads the outcomes of every owner over long stretches, in pages, with no more columns than counting needs.
/// Guarantees the order of each log; between logs that of time. Fails with <see cref="StoreUnavailableException"/>.
/// </summary>
/// <param name="logs">A condition for each owner's log.</param>
internal sealed class OutcomeHistory(ReadPool reads, Func<CancellationToken, ValueTask<IReadOnlyList<string>>> logs) : IOutcomeHistory
{
    private const int Page = 5_000;

    /// <summary>How far an outcome's instant may lie before that of an earlier entry of its log.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public async IAsyncEnumerable<IReadOnlyList<OutcomeRecord>> ReadAsync(DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var streams = new List<IAsyncEnumerator<IReadOnlyList<OutcomeRecord>>>();
        foreach (var log in await logs(cancellationToken))
        {
            var stream = LogAsync(log, from, to, cancellationToken).GetAsyncEnumerator(cancellationToken);
            if (await stream.MoveNextAsync())
            {
                streams.Add(stream);
            }
        }

        // Of several logs the page that begins first is next, up to where another one begins.
        var offsets = streams.Select(_ => 0).ToList();
        while (streams.Count > 0)
        {
            var next = Enumerable.Range(0, streams.Count).MinBy(i => streams[i].Current[offsets[i]].At);
            var others = Enumerable.Range(0, streams.Count).Where(i => i != next).Select(i => streams[i].Current[offsets[i]].At).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            var (page, start) = (streams[next].Current, offsets[next]);
            var end = start + 1;
            while (end < page.Count && page[end].At <= others)
            {
                end++;
            }

            yield return start == 0 && end == page.Count ? page : [.. page.Skip(start).Take(end - start)];
            offsets[next] = end;
            if (end == page.Count)
            {
                offsets[next] = 0;
                if (!await streams[next].MoveNextAsync())
                {
                    await streams[next].DisposeAsync();
                    streams.RemoveAt(next);
                    offsets.RemoveAt(next);
                }
            }
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<IReadOnlyList<OutcomeDay>> DaysAsync(DateOnly from, DateOnly to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var day = from; day < to; day = day.AddDays(1))
        {
            var number = day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
            var sums = await reads.ListAsync(
                "SELECT tenant, ip, domain, kind, count, hard, blocks, reporting FROM outcome_day WHERE day = $1 ORDER BY tenant, ip, domain, kind", [number], row => Sum(row, day), cancellationToken);
            if (sums.Count > 0)
            {
                yield return sums;
            }
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<OutcomeRecord>> LogAsync(string log, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = await StartAsync(log, from - Slack, cancellationToken) - 1;
        while (true)
        {
            var page = await reads.ScanAsync(
                (session, cancel) => session.ListAsync(
                    $"SELECT position, at, kind, tenant, domain, stream, site, ip, reason, about, hard, delivered_at FROM outcome WHERE {log} AND position > $1 ORDER BY position LIMIT $2",
                    [after, Page],
                    Read,
                    cancel),
                cancellationToken);
            if (page.Count == 0)
            {
                yield break;
            }

            after = page[^1].Position;
            var within = page.Count(r => r.At >= from && r.At < to);
            if (within == page.Count)
            {
                yield return page;
            }
            else if (within > 0)
            {
                yield return [.. page.Where(r => r.At >= from && r.At < to)];
            }

            if (page[0].At >= to + Slack)
            {
                yield break;
            }
        }
    }

    /// <summary>The first position whose instant may be at or after one: positions ascend with time, but for the slack.</summary>
    private async ValueTask<long> StartAsync(string log, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var (low, high) = await reads.FirstAsync<(long, long)>(
            $"SELECT coalesce(min(position), 1), coalesce(max(position), 0) FROM outcome WHERE {log}", [], static row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var at = await reads.FirstAsync<long?>($"SELECT at FROM outcome WHERE {log} AND position >= $1 ORDER BY position LIMIT 1", [middle], static row => row.GetInt64(0), cancellationToken);
            (low, high) = at < from.ToStored() ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static OutcomeRecord Read(DbDataReader row) => new()
    {
        Position = row.GetInt64(0),
        At = row.GetTime(1),
        Kind = (OutcomeKind)row.GetInt32(2),
        Key = default,
        Tenant = row.GetString(3),
        Address = "",
        Domain = row.GetString(4),
        Stream = (MailStream)row.GetInt32(5),
        Site = row.GetString(6),
        Ip = row.GetString(7),
        Reason = (ReplyReason)row.GetInt32(8),
        About = (ReplyAbout)row.GetInt32(9),
        Hard = row.GetInt32(10) != 0,
        DeliveredAt = row.IsDBNull(11) ? null : row.GetTime(11),
    };

    private static OutcomeDay Sum(DbDataReader row, DateOnly day)
    {
        var (count, hard, blocks, reporting) = (row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7));
        var totals = (OutcomeKind)row.GetInt32(3) switch
        {
            OutcomeKind.Delivered => new CounterTotals(count, 0, 0, 0, 0, 0, reporting),
            OutcomeKind.Deferred => new(0, count, 0, 0, 0, 0, 0, blocks),
            OutcomeKind.Bounced => new(0, 0, hard, count - hard, 0, 0, 0, blocks),
            OutcomeKind.Expired => new(0, 0, 0, count, 0, 0, 0, blocks),
            OutcomeKind.Complained => new(0, 0, 0, 0, count, 0, 0),
            OutcomeKind.Unsubscribed => new(0, 0, 0, 0, 0, count, 0),
            _ => default,
        };
        return new(day, row.GetString(0), row.GetString(1), row.GetString(2), totals);
    }
}
