using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;
using Microsoft.Extensions.Logging;

namespace Grid.Storage.Writing;

/// <summary>
/// The one thread that writes.
/// In: writes of any number of callers. Out: their tasks, completed after the commit that holds them, and the committed outcomes.
/// Guarantees group commit: all that is queued when a transaction begins shares it, the next group gathers while it commits, and
/// nobody waits for company. One bad write fails alone: its group is undone and run again one by one.
/// Fails: while the store cannot write, every write is refused with <see cref="StoreUnavailableException"/> and the writer tries
/// each second whether it works again. Beyond <see cref="MaxQueued"/> writes or <see cref="MaxQueuedBytes"/> new ones are refused the same way.
/// </summary>
internal sealed partial class GroupWriter(TimeProvider clock, ILogger logger)
{
    /// <summary>Most writes that wait.</summary>
    public const int MaxQueued = 65_536;

    /// <summary>Most bytes that wait.</summary>
    public const long MaxQueuedBytes = 512L << 20;

    /// <summary>Most writes of one transaction.</summary>
    public const int MaxGroup = 2_048;

    /// <summary>A group takes no further write past so many bytes.</summary>
    public const int MaxGroupBytes = 32 << 20;

    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long the queue stays empty before finished bodies are deleted, so that this delays no writer.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new();
    private readonly Queue<Write> _queue = new();
    private readonly List<Write> _group = [];
    private long _queuedBytes;
    private bool _closing;
    private bool _probeDue;
    private string _reason = "the store is not open";
    private volatile bool _available;
    private long _commits;
    private IWriteSession? _session;
    private Thread? _thread;
    private ITimer? _probeTimer;
    private volatile Action<IReadOnlyList<OutcomeRecord>>[] _consumers = [];

    /// <summary>False while writes fail.</summary>
    public bool IsAvailable => _available;

    /// <summary>Position of the last committed outcome.</summary>
    public long LastPosition { get; private set; }

    /// <summary>Transactions committed for callers.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>One more who gets the committed outcomes; before the first write.</summary>
    public void OnCommitted(Action<IReadOnlyList<OutcomeRecord>> consumer) => _consumers = [.. _consumers, consumer];

    public void Start(IWriteSession session)
    {
        _session = session;
        LastPosition = session.LastPosition;
        _available = true;
        _closing = false;
        _probeTimer = clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = "store writer" };
        _thread.Start();
    }

    /// <summary>Queues a write; its task completes when it is durable. Cancellation is no longer looked at once it is queued.</summary>
    public Task<T> Add<T>(Write<T> write, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (_gate)
        {
            if (!_available || _closing)
            {
                return Task.FromException<T>(new StoreUnavailableException(_reason));
            }

            if (_queue.Count >= MaxQueued || _queuedBytes > MaxQueuedBytes)
            {
                return Task.FromException<T>(new StoreUnavailableException("more writes are queued than the store can take"));
            }

            _queue.Enqueue(write);
            _queuedBytes += write.Weight;
            if (_queue.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
        }

        return write.Done;
    }

    /// <summary>Queues statements that both dialects understand.</summary>
    public Task<T> Add<T>(Func<SqlSession, T> run, CancellationToken cancellationToken) => Add(new SqlWrite<T>(run), cancellationToken);

    /// <summary>Writes what is queued, ends the thread and closes the connection.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _closing = true;
            _reason = "the store is closed";
            Monitor.Pulse(_gate);
        }

        _thread?.Join();
        _available = false;
        _probeTimer?.Dispose();
        _session?.Dispose();
        _session = null;
    }

    private void Wake()
    {
        lock (_gate)
        {
            _probeDue = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (Gather())
        {
            if (_available)
            {
                Execute(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_group));
            }
            else
            {
                // Queued before the store failed, found after it.
                foreach (var write in _group)
                {
                    write.Fail(new StoreUnavailableException(_reason));
                }
            }
        }
    }

    /// <summary>Waits for writes and takes them; tidies and probes meanwhile. False when closing and nothing is queued.</summary>
    private bool Gather()
    {
        _group.Clear();
        var tidy = true;
        while (true)
        {
            bool probe;
            lock (_gate)
            {
                if (_queue.Count == 0 && !_closing && !_probeDue)
                {
                    Monitor.Wait(_gate, tidy && _available ? Quiet : Timeout.InfiniteTimeSpan);
                }

                if (_queue.Count > 0)
                {
                    TakeGroup();
                    return true;
                }

                if (_closing)
                {
                    return false;
                }

                probe = _probeDue;
                _probeDue = false;
            }

            if (probe)
            {
                Probe();
                tidy = true;
            }
            else if (tidy && _available)
            {
                tidy = Tidy();
            }
        }
    }

    private void TakeGroup()
    {
        var bytes = 0;
        while (_group.Count < MaxGroup && bytes < MaxGroupBytes && _queue.TryDequeue(out var write))
        {
            _group.Add(write);
            bytes += write.Weight;
        }

        _queuedBytes -= bytes;
    }

    private void Execute(Span<Write> group)
    {
        IReadOnlyList<OutcomeRecord> outcomes;
        try
        {
            _session!.Begin();
            _session.Apply(group);
            outcomes = _session.Commit();
        }
        catch (Exception exception)
        {
            Recover(group, exception);
            return;
        }

        _commits++;
        LastPosition = _session.LastPosition;
        Publish(outcomes);
        foreach (var write in group)
        {
            write.Complete();
        }
    }

    private void Recover(Span<Write> group, Exception exception)
    {
        var outage = _session!.IsOutage(exception);
        try
        {
            _session.Rollback();
        }
        catch (Exception rollback)
        {
            LogRollbackFailed(rollback);
            outage = true;
        }

        if (outage)
        {
            GoDown(exception);
            foreach (var write in group)
            {
                write.Fail(new StoreUnavailableException(_reason, exception));
            }
        }
        else if (group.Length == 0)
        {
            LogTidyFailed(exception);
        }
        else if (group.Length == 1)
        {
            group[0].Fail(new InvalidOperationException("the store refused a write: " + exception.Message, exception));
        }
        else
        {
            for (var i = 0; i < group.Length; i++)
            {
                if (_available)
                {
                    Execute(group.Slice(i, 1));
                }
                else
                {
                    group[i].Fail(new StoreUnavailableException(_reason));
                }
            }
        }
    }

    private void Publish(IReadOnlyList<OutcomeRecord> outcomes)
    {
        if (outcomes.Count == 0)
        {
            return;
        }

        foreach (var consumer in _consumers)
        {
            try
            {
                consumer(outcomes);
            }
            catch (Exception exception)
            {
                // The records are durable: neither the callers nor the other consumers must suffer for one that fails.
                LogConsumerFailed(exception);
            }
        }
    }

    private void GoDown(Exception exception)
    {
        if (_available)
        {
            LogUnavailable(exception);
        }

        lock (_gate)
        {
            _reason = "the store cannot write: " + exception.Message;
            _available = false;
        }

        _probeTimer!.Change(ProbeEvery, Timeout.InfiniteTimeSpan);
    }

    private void Probe()
    {
        if (_available)
        {
            return;
        }

        try
        {
            var found = _session!.Probe();
            LastPosition = _session.LastPosition;
            Publish(found);
            _available = true;
            LogAvailable();
        }
        catch (Exception exception)
        {
            GoDown(exception);
        }
    }

    private bool Tidy()
    {
        try
        {
            return _session!.Tidy();
        }
        catch (Exception exception)
        {
            Recover([], exception);
            return false;
        }
    }
}
