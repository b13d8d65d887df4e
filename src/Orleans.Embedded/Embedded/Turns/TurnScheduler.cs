using Orleans.Embedded.Calls;

namespace Orleans.Embedded.Turns;

/// <summary>
/// Runs what belongs to one activation, one thing at a time. In come invocations (<see cref="Submit"/>) and the continuations of the grain's
/// own awaits (tasks of this scheduler). One thread at a time holds the claim; whoever holds it runs what is queued: usually the caller itself,
/// as handing work to another thread costs more than most turns; else a thread of the pool. Guarantees: no two turns at once, order of arrival,
/// and within a turn <see cref="TaskScheduler.Current"/> is this one, with neither the caller's synchronization context nor its ambient
/// values. The queue is bounded by the derived class (<see cref="Enqueue"/>); a visit of the pool runs at most 64 things before it queues up again.
/// </summary>
internal abstract class TurnScheduler : TaskScheduler, IThreadPoolWorkItem
{
    private const int ThingsPerVisit = 64;

    // So many turns may be nested on one stack (a grain that calls a grain that calls ...); deeper ones go to the pool.
    private const int MaxNesting = 16;

    [ThreadStatic]
    private static int _nesting;

    private Queue<object>? _queue;
    private int _queuedInvocations;
    private bool _claimed;
    private Task? _turn;

    public sealed override int MaximumConcurrencyLevel => 1;

    /// <summary>Guards the queue, the claim and the end of the activation.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>Invocations in the queue. Exact under <see cref="Gate"/>.</summary>
    protected int QueuedInvocations => _queuedInvocations;

    /// <summary>Whether turns may run on the threads of callers.</summary>
    protected virtual bool RunsInline => true;

    /// <summary>Whether invocations are still taken. Read under <see cref="Gate"/>.</summary>
    protected abstract bool IsOpen { get; }

    /// <summary>Whether <see cref="RunReady"/> would do anything. Asked by the holder of the claim, under <see cref="Gate"/>.</summary>
    protected abstract bool HasReady { get; }

    void IThreadPoolWorkItem.Execute()
    {
        RunReady();
        for (var done = 0; done < ThingsPerVisit; done++)
        {
            object? thing = null;
            lock (Gate)
            {
                if (_queue?.TryDequeue(out thing) is not true && !HasReady)
                {
                    _claimed = false;
                    return;
                }

                _queuedInvocations -= thing is Invocation ? 1 : 0;
            }

            if (thing is not null)
            {
                Run(thing);
            }

            RunReady();
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Takes an invocation and, where it may, runs it before it returns. False: this activation is over, ask for the next one.</summary>
    public bool Submit(Invocation invocation)
    {
        var inline = RunsInline && invocation.MayRunInline && _nesting < MaxNesting && CleanFlow.IsAvailable;
        lock (Gate)
        {
            if (!IsOpen)
            {
                return false;
            }

            if (_claimed || !inline)
            {
                Enqueue(invocation);
                inline = false;
                if (_claimed)
                {
                    return true;
                }
            }

            _claimed = true;
        }

        if (inline)
        {
            RunInline(invocation);
        }
        else
        {
            Visit();
        }

        return true;
    }

    /// <summary>Takes the claim if it is free and the condition, asked under <see cref="Gate"/>, holds; has the ready things run on the pool.</summary>
    protected void Wake(Func<bool> condition)
    {
        lock (Gate)
        {
            if (!condition() || _claimed)
            {
                return;
            }

            _claimed = true;
        }

        Visit();
    }

    /// <summary>Starts as a new activation's scheduler with invocations that another left; <see cref="Visit"/> must follow.</summary>
    protected void Inherit(IEnumerable<Invocation> invocations)
    {
        _queue = new Queue<object>(invocations);
        _queuedInvocations = _queue.Count;
        _claimed = true;
    }

    /// <summary>Takes the invocations out of the queue, where the grain's own continuations stay. Called under <see cref="Gate"/>.</summary>
    protected List<Invocation> TakeInvocations()
    {
        var taken = new List<Invocation>(_queuedInvocations);
        if (_queuedInvocations > 0)
        {
            taken.AddRange(_queue!.OfType<Invocation>());
            _queue = new Queue<object>(_queue!.Where(static thing => thing is Task));
            _queuedInvocations = 0;
        }

        return taken;
    }

    protected void Visit() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);

    /// <summary>Runs one invocation, or has it wait.</summary>
    protected abstract void Start(Invocation invocation);

    /// <summary>Runs what has become possible since.</summary>
    protected abstract void RunReady();

    /// <summary>Called under <see cref="Gate"/> before an invocation waits in the queue. It throws to refuse it.</summary>
    protected abstract void Admit(Invocation invocation);

    protected bool IsClaimed => _claimed;

    /// <summary>Runs a body as a turn, now and on this thread, which holds the claim.</summary>
    protected void RunTurn(Action<object?> body, object state)
    {
        // A task must be started on its scheduler before it can be executed; QueueTask lets this one pass.
        var turn = CleanFlow.Make(body, state);
        _turn = turn;
        turn.Start(this);
        TryExecuteTask(turn);
        _turn = null;
        turn.GetAwaiter().GetResult();
    }

    protected sealed override void QueueTask(Task task)
    {
        if (ReferenceEquals(task, _turn))
        {
            return;
        }

        lock (Gate)
        {
            (_queue ??= new Queue<object>()).Enqueue(task);
            if (_claimed)
            {
                return;
            }

            _claimed = true;
        }

        Visit();
    }

    protected sealed override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        if (Current == this)
        {
            return !taskWasPreviouslyQueued && TryExecuteTask(task);
        }

        if (taskWasPreviouslyQueued || Current != Default || SynchronizationContext.Current is not null || _nesting > 0 || !TryClaim())
        {
            return false;
        }

        _nesting++;
        try
        {
            return TryExecuteTask(task);
        }
        finally
        {
            _nesting--;
            Release();
        }
    }

    protected sealed override IEnumerable<Task>? GetScheduledTasks()
    {
        lock (Gate)
        {
            return _queue?.OfType<Task>().ToArray();
        }
    }

    private void Enqueue(Invocation invocation)
    {
        Admit(invocation);
        (_queue ??= new Queue<object>()).Enqueue(invocation);
        _queuedInvocations++;
    }

    private void Run(object thing)
    {
        if (thing is Task task)
        {
            TryExecuteTask(task);
        }
        else
        {
            Start((Invocation)thing);
        }
    }

    private void RunInline(Invocation invocation)
    {
        var context = SynchronizationContext.Current;
        if (context is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        _nesting++;
        try
        {
            Start(invocation);
        }
        finally
        {
            _nesting--;
            if (context is not null)
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }

            Release();
        }
    }

    // The order of arrival holds: nobody runs inline past what is queued, as what is queued is claimed for.
    private bool TryClaim()
    {
        lock (Gate)
        {
            return !_claimed && (_claimed = true);
        }
    }

    private void Release()
    {
        lock (Gate)
        {
            if (_queue is not { Count: > 0 } && !HasReady)
            {
                _claimed = false;
                return;
            }
        }

        Visit();
    }
}
