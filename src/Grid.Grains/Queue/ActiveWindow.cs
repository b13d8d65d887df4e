using Grid.Contracts.Admission;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Queue;

/// <summary>
/// The part of the queue that is in memory: a small window over a stored queue of any length. In: accepted mail, deferrals that fall
/// due, mail that waited in the store. Out: envelopes in their ready queues. Guarantees that memory stays within QueueOptions, that an
/// envelope is in memory at most once, and that mail of a held tenant goes back to the store rather than taking up room. While the
/// store is away nothing is loaded, and loading goes on by itself when it is back.
/// </summary>
public sealed partial class ActiveWindow(
    ISpool spool, ReadyQueues queues, PermitBook book, TimeProvider clock, QueueOptions options, Pauses pauses, ILogger<ActiveWindow> log)
{
    /// <summary>Envelopes of a tenant and domain left in a ready queue when more are fetched from the store.</summary>
    internal const int LowMark = 100;

    private const int Chunk = 500;
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly WaitingList _waiting = new(options.WaitingGroups);
    private readonly QueueRouting _routing = new(queues, log);
    private readonly Dictionary<EnvelopeKey, QueueItem> _active = [];
    private readonly HashSet<EnvelopeKey> _settledWhileLoading = [];
    private readonly SemaphoreSlim _signal = new(0, 1);
    private int _inMemory;
    private long _bodyBytes;
    private bool _loading;
    private bool _stale;

    /// <summary>How its envelopes find their queues; says which find none.</summary>
    internal QueueRouting Routing => _routing;

    /// <summary>Envelopes in memory.</summary>
    public int InMemory => Volatile.Read(ref _inMemory);

    /// <summary>Makes room in memory for new mail; false when it has to wait in the store, because there is no room or older mail waits before it.</summary>
    public bool Reserve(IReadOnlyList<SpooledMessage> messages, DateTimeOffset now)
    {
        lock (_gate)
        {
            var count = messages.Sum(m => m.Envelopes.Count);
            if (_inMemory + count > options.ActiveEnvelopes || count > options.ActivePerGroup)
            {
                return false;
            }

            foreach (var envelope in messages.SelectMany(m => m.Envelopes))
            {
                if (envelope.DueAt > now || (_waiting.Find(envelope.Tenant, envelope.Domain) is { } group && (group.NextDue <= now || group.InMemory >= options.ActivePerGroup)))
                {
                    return false;
                }
            }

            _inMemory += count;
            return true;
        }
    }

    /// <summary>The mail was not kept after all.</summary>
    public void Release(IReadOnlyList<SpooledMessage> messages)
    {
        lock (_gate)
        {
            _inMemory -= messages.Sum(m => m.Envelopes.Count);
        }
    }

    /// <summary>The mail is kept, and the queue has it from now on.</summary>
    public void Accept(IReadOnlyList<SpooledMessage> messages, bool reserved)
    {
        if (!reserved)
        {
            Wait(messages.SelectMany(m => m.Envelopes).Select(e => (e, e.DueAt)));
            return;
        }

        var items = new List<QueueItem>(messages.Count);
        lock (_gate)
        {
            foreach (var message in messages)
            {
                foreach (var envelope in message.Envelopes)
                {
                    var group = _waiting.GroupOf(envelope);
                    group.InMemory++;
                    items.Add(_active[envelope.Key] = new(envelope, KeepBody(message.Body), InStore: false));
                }
            }
        }

        _routing.Enqueue(items);
    }

    /// <summary>Attempts are settled and committed: final ones are gone, deferred ones wait in the store until the given time.</summary>
    public void Settle(IReadOnlyList<(QueueItem Item, DateTimeOffset? RetryAt)> settled)
    {
        lock (_gate)
        {
            foreach (var (item, _) in settled)
            {
                Drop(item);
            }
        }

        Wait(settled.Where(s => s.RetryAt is not null).Select(s => (s.Item.Envelope, s.RetryAt!.Value)));
    }

    /// <summary>Taken, but not attempted: back to the front of its queue.</summary>
    public async ValueTask ReturnAsync(IReadOnlyList<QueueItem> items)
    {
        foreach (var item in items)
        {
            await _routing.ReturnAsync(item);
        }
    }

    /// <summary>Something in the store may have fallen due (a flush), or a pause or hold has ended: the loop looks through it.</summary>
    public void Refresh()
    {
        Volatile.Write(ref _stale, true);
        Stir();
    }

    /// <summary>Loads what falls due, until cancelled. One loop for the process.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in queues.All)
        {
            queue.Draining += OnDraining;
        }

        queues.Opened += q => q.Draining += OnDraining;
        book.HoldChanged += OnHoldChanged;
        spool.OnAdopted(Refresh);
        _stale = true;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (Volatile.Read(ref _stale))
                {
                    await ListAgainAsync(cancellationToken);
                    await ListAsideAsync(cancellationToken);
                }

                await TakeBackAsync(cancellationToken);
                await LoadDueAsync(cancellationToken);
                await ListUnlistedAsync(cancellationToken);
                await ParkHeldAsync(cancellationToken);
                await PutHeldAsideAsync(cancellationToken);
            }
            catch (StoreUnavailableException e)
            {
                LogStoreAway(e);
            }

            await WaitForWorkAsync(cancellationToken);
        }
    }

    private async ValueTask WaitForWorkAsync(CancellationToken cancellationToken)
    {
        using var glance = new CancellationTokenSource(Glance, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(glance.Token, cancellationToken);
        try
        {
            await _signal.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing stirred for a glance's length: look again anyway.
        }
    }

    private async ValueTask LoadDueAsync(CancellationToken cancellationToken)
    {
        var held = new List<WaitingMail>();
        try
        {
            while (NextDue() is { } group)
            {
                if (IsHeld(group))
                {
                    held.Add(group);
                }
                else
                {
                    await LoadAsync(group, cancellationToken);
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                held.ForEach(_waiting.List);
            }
        }
    }

    private WaitingMail? NextDue()
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            return _inMemory + Chunk <= options.ActiveEnvelopes ? _waiting.TakeDue(now, options.ActivePerGroup / 2) : null;
        }
    }

    private async ValueTask LoadAsync(WaitingMail group, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            _loading = true;
            group.Told = DateTimeOffset.MaxValue;
            if (group.InMemory == 0)
            {
                (group.CursorDue, group.CursorKey) = (DateTimeOffset.MinValue, default);
            }
        }

        var items = new List<QueueItem>();
        try
        {
            var read = await spool.ReadWaitingAsync(group.Tenant, group.Domain, group.CursorDue, group.CursorKey, now, Chunk, cancellationToken);
            var later = read.Count == Chunk ? [] : await spool.ReadWaitingAsync(group.Tenant, group.Domain, now, new(new(long.MaxValue), int.MaxValue), DateTimeOffset.MaxValue, 1, cancellationToken);
            var hold = await PutAsideAsync(group.Tenant, read, cancellationToken);
            lock (_gate)
            {
                foreach (var envelope in read)
                {
                    (group.CursorDue, group.CursorKey) = (envelope.DueAt, envelope.Key);
                    if (!IsHeld(envelope, hold) && !_settledWhileLoading.Contains(envelope.Key) && !_active.ContainsKey(envelope.Key))
                    {
                        (group.InMemory, group.Loaded) = (group.InMemory + 1, group.Loaded + 1);
                        _inMemory++;
                        items.Add(_active[envelope.Key] = new(envelope, null, InStore: true));
                    }
                }

                group.NextDue = read.Count == Chunk ? now : later.Count > 0 ? later[0].DueAt : DateTimeOffset.MaxValue;
                _waiting.Tell(group, group.Told);
            }
        }
        finally
        {
            lock (_gate)
            {
                _loading = false;
                _settledWhileLoading.Clear();
                _waiting.List(group);
                _waiting.ForgetIfIdle(group);
            }
        }

        _routing.Enqueue(items);
    }

    /// <summary>Mail of a tenant or domain that may not send until something changes gives its room back.</summary>
    private ValueTask ParkHeldAsync(CancellationToken cancellationToken) => ParkAsync(IsHeld, cancellationToken);

    private bool IsHeld(WaitingMail group) => IsHeld(group.Tenant, group.Domain);

    private bool IsHeld(string tenant, string domain) =>
        pauses.IsPaused(tenant, domain) || book.IsHeld(PermitKind.Send, Subject.Tenant(tenant)) || book.IsHeld(PermitKind.Send, Subject.Domain(domain));

    private void Wait(IEnumerable<(Envelope Envelope, DateTimeOffset DueAt)> waiting)
    {
        lock (_gate)
        {
            foreach (var (envelope, dueAt) in waiting)
            {
                _waiting.Tell(envelope.Tenant, envelope.Domain, envelope.Pool, dueAt);
            }
        }

        Stir();
    }

    private void OnDraining(string tenant, string domain)
    {
        lock (_gate)
        {
            if (_waiting.Find(tenant, domain) is not { } group || group.NextDue == DateTimeOffset.MaxValue)
            {
                return;
            }

            _waiting.List(group);
        }

        Stir();
    }

    private void Drop(QueueItem item)
    {
        _active.Remove(item.Envelope.Key);
        if (_loading)
        {
            _settledWhileLoading.Add(item.Envelope.Key);
        }

        _inMemory--;
        if (item.Body is { } body)
        {
            _bodyBytes -= body.Length;
        }

        _waiting.Left(item);
    }

    private ReadOnlyMemory<byte>? KeepBody(ReadOnlyMemory<byte> body)
    {
        if (_bodyBytes + body.Length > options.BodyBytes)
        {
            return null;
        }

        _bodyBytes += body.Length;
        return body;
    }

    private void Stir()
    {
        if (_signal.CurrentCount == 0)
        {
            try
            {
                _signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // Stirred twice at once; once is enough.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is away; queued mail waits")]
    private partial void LogStoreAway(Exception e);
}
