using System.Threading.Channels;
using Grid.Contracts.Counters;
using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Counters;

/// <summary>
/// Projects the outcome log onto the counters of tenants, sending IPs and recipient domains. In: records as they are committed. Out:
/// batches to the grains, in log order. Guarantees that each record is counted once by each grain that it concerns, over restarts,
/// kills and lost activations: a grain that missed a batch says so and is sent the rest, and the checkpoint moves only past what the
/// grains have saved. A grain that fails is tried again; meanwhile the log keeps its records, and memory at most <see cref="MostQueued"/>
/// of them: what goes beyond is read from the log.
/// </summary>
public sealed partial class Projector(IGrainFactory grains, IOutcomeLog outcomes, NodeIdentity node, StageInstruments stages, TimeProvider clock, ILogger<Projector> log)
{
    private const int ReplayPage = 5000;
    private const int RecordsToCheckpoint = 200_000;
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Channel<(IReadOnlyList<OutcomeRecord> Records, long At)> _committed = Channel.CreateUnbounded<(IReadOnlyList<OutcomeRecord>, long)>(new() { SingleReader = true });
    private readonly Dictionary<Subject, long> _sent = [];

    // A checkpoint at the end of the process comes from elsewhere than the batches.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private readonly SortedList<long, TaskCompletionSource> _waiters = [];
    private long _projected;
    private int _queued;
    private bool _behind;

    /// <summary>Records in memory that wait for the grains, at most, and the group that comes last; default 100,000.</summary>
    public int MostQueued { get; set; } = 100_000;

    /// <summary>Takes part in the log from now on; called before the first write.</summary>
    public void Attach() => outcomes.OnCommitted(Queue);

    /// <summary>Done when the grains have counted, and judged, everything up to a position.</summary>
    public Task ProjectedAsync(long position, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_projected >= position)
            {
                return Task.CompletedTask;
            }

            if (!_waiters.TryGetValue(position, out var waiter))
            {
                _waiters[position] = waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return waiter.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Counts what the grains had not saved when the last process ended. Before mail is taken in.</summary>
    public async Task ReplayAsync(CancellationToken cancellationToken) =>
        await ReadOnAsync(await outcomes.ReadCheckpointAsync(cancellationToken), outcomes.LastPosition, cancellationToken);

    private async Task ReadOnAsync(long position, long end, CancellationToken cancellationToken)
    {
        Reached(position);
        while (position < end)
        {
            var from = position;
            var page = await RetryAsync(() => outcomes.ReadAsync(from, ReplayPage, cancellationToken), default, cancellationToken);
            if (page.Count == 0)
            {
                break;
            }

            await ProjectAsync(page, static (records, byIp) => [.. records.SelectMany(record => CounterEntries.Of(record, byIp))], cancellationToken);
            position = page[^1].Position;
        }

        Reached(end);
    }

    /// <summary>Projects what is committed until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pending = new List<OutcomeRecord>();
        var times = new List<long>();
        var lastCheckpoint = clock.GetTimestamp();
        var since = 0;
        while (await _committed.Reader.WaitToReadAsync(cancellationToken))
        {
            pending.Clear();
            times.Clear();
            while (pending.Count < ReplayPage && _committed.Reader.TryRead(out var group))
            {
                Interlocked.Add(ref _queued, -group.Records.Count);
                pending.AddRange(group.Records.Where(r => r.Position > _projected));
                times.Add(group.At);
            }

            if (pending.Count > 0)
            {
                await ProjectAsync(pending, CounterEntries.Summed, cancellationToken);
                times.ForEach(stages.Counters);
                since += pending.Count;
            }

            if (Volatile.Read(ref _queued) == 0 && CatchesUpTo() is { } end)
            {
                await ReadOnAsync(_projected, end, cancellationToken);
            }

            if (since >= RecordsToCheckpoint || clock.GetElapsedTime(lastCheckpoint) >= CheckpointEvery)
            {
                await CheckpointAsync(cancellationToken);
                (since, lastCheckpoint) = (0, clock.GetTimestamp());
            }
        }
    }

    /// <summary>Has every grain that counted something save it, then moves the checkpoint.</summary>
    public async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var position = Interlocked.Read(ref _projected);
            foreach (var (subject, sent) in _sent)
            {
                await SaveAsync(subject, sent, cancellationToken);
            }

            await RetryAsync(() => outcomes.WriteCheckpointAsync(position, cancellationToken), default, cancellationToken);
            _sent.Clear();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks after the save whether it held what was sent: an activation that was lost since comes up without it, and saves that.</summary>
    private async ValueTask SaveAsync(Subject subject, long sent, CancellationToken cancellationToken)
    {
        var all = new CounterBatch(node.Name, sent, []);
        while (true)
        {
            await RetryAsync(() => Counting(subject).Save(), subject, cancellationToken);
            if (await RetryAsync(() => Counting(subject).Apply(all), subject, cancellationToken) >= sent)
            {
                return;
            }

            await SendAsync(subject, all, cancellationToken);
        }
    }

    private void Queue(IReadOnlyList<OutcomeRecord> records)
    {
        lock (_gate)
        {
            if (_behind || _queued >= MostQueued)
            {
                _behind = true;
                return;
            }

            Interlocked.Add(ref _queued, records.Count);
            _committed.Writer.TryWrite((records, stages.Now));
        }
    }

    /// <summary>Where reading from the log may end, as what is committed from now on is queued again; null when nothing was left out.</summary>
    private long? CatchesUpTo()
    {
        lock (_gate)
        {
            var behind = _behind;
            _behind = false;
            return behind ? outcomes.LastPosition : null;
        }
    }

    private async ValueTask ProjectAsync(
        IReadOnlyList<OutcomeRecord> records, Func<List<OutcomeRecord>, bool, IReadOnlyList<CounterEntry>> entries, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            foreach (var (subject, own) in CounterEntries.BySubject(records))
            {
                await SendAsync(subject, new(node.Name, _sent.GetValueOrDefault(subject), entries(own, subject.Kind == SubjectKind.Domain)), cancellationToken);
                _sent[subject] = own[^1].Position;
            }
        }
        finally
        {
            _turn.Release();
        }

        Reached(records[^1].Position);
    }

    private async ValueTask SendAsync(Subject subject, CounterBatch batch, CancellationToken cancellationToken)
    {
        var applied = await RetryAsync(() => Counting(subject).Apply(batch), subject, cancellationToken);
        while (applied < batch.Previous)
        {
            LogMissed(subject, applied, batch.Previous);
            var missed = new List<CounterEntry>();
            var upTo = batch.Entries.Count > 0 ? batch.Entries[^1].Position : batch.Previous;
            for (var at = applied; at < upTo;)
            {
                var page = await outcomes.ReadAsync(at, ReplayPage, cancellationToken);
                missed.AddRange(page.Where(r => r.Position <= upTo && CounterEntries.Concerns(r, subject)).SelectMany(r => CounterEntries.Of(r, subject.Kind == SubjectKind.Domain)));
                at = page.Count == 0 ? upTo : page[^1].Position;
            }

            batch = new(batch.Owner, 0, missed);
            applied = await RetryAsync(() => Counting(subject).Apply(batch), subject, cancellationToken);
        }
    }

    private async ValueTask<T> RetryAsync<T>(Func<ValueTask<T>> call, Subject subject, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
            {
                LogAgain(e, subject);
                await Task.Delay(Again, clock, cancellationToken);
            }
        }
    }

    private async ValueTask RetryAsync(Func<ValueTask> call, Subject subject, CancellationToken cancellationToken) =>
        await RetryAsync(async () => { await call(); return true; }, subject, cancellationToken);

    private ICountingGrain Counting(Subject subject) => subject.Kind switch
    {
        SubjectKind.Tenant => grains.GetGrain<ITenantGrain>(subject.Key),
        SubjectKind.Ip => grains.GetGrain<ISendingIpGrain>(subject.Key),
        SubjectKind.Domain => grains.GetGrain<IRecipientDomainGrain>(subject.Key),
        _ => throw new InvalidOperationException($"{subject} does not count"),
    };

    private void Reached(long position)
    {
        List<TaskCompletionSource> reached = [];
        lock (_gate)
        {
            _projected = Math.Max(_projected, position);
            while (_waiters.Count > 0 && _waiters.Keys[0] <= _projected)
            {
                reached.Add(_waiters.Values[0]);
                _waiters.RemoveAt(0);
            }
        }

        reached.ForEach(w => w.TrySetResult());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Subject} has counted up to {Applied} and missed what came up to {Previous}; sending it again")]
    private partial void LogMissed(Subject subject, long applied, long previous);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Subject} did not answer; trying again")]
    private partial void LogAgain(Exception e, Subject subject);
}
