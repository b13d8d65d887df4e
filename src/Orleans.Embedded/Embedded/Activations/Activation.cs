using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Calls;
using Orleans.Embedded.State;
using Orleans.Embedded.Timers;
using Orleans.Embedded.Turns;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded.Activations;

/// <summary>
/// One grain in memory, from its first call to its deactivation. In come invocations; they run one after the other, each until its task is
/// complete, unless attributes allow them to interleave. Guarantees: the directory holds one activation for an identity, and the next one
/// begins only when this one is over, with the invocations that waited here, in their order. What fails: an activation that does not come up
/// fails what waits for it and leaves the directory, so that the next call tries anew; calls beyond MaxEnqueuedRequestsHardLimit are refused.
/// Fields without a lock belong to the holder of the claim (<see cref="TurnScheduler"/>).
/// </summary>
internal partial class Activation(Silo silo, GrainClass grainClass, GrainId grainId) : TurnScheduler, IGrainContext
{
    private static readonly Action<object?> BeginBody = static state =>
    {
        var invocation = (Invocation)state!;
        invocation.Activation!.BeginTurn(invocation);
    };

    private static readonly Action<Task, object?> FinishBody = static (_, state) =>
    {
        var invocation = (Invocation)state!;
        invocation.Activation!.Finish(invocation);
    };

    private readonly Queue<Invocation> _waiting = new();
    private List<IPersistentPart>? _parts;
    private HashSet<GrainTimer>? _timers;
    private AsyncServiceScope? _scope;
    private TaskCompletionSource? _deactivated;
    private object? _instance;
    private Stage _stage;
    private Ending? _ending;
    private int _running;
    private int _blocking;
    private int _blockingWrites;
    private long _idleSince = silo.Clock.GetTimestamp();
    private long _keepUntil;

    /// <summary>The activation whose turn this is; null outside of grains.</summary>
    public static new Activation? Current => TaskScheduler.Current as Activation;

    public Silo Silo { get; } = silo;

    public GrainClass Class { get; } = grainClass;

    public GrainId GrainId { get; } = grainId;

    public object? GrainInstance => _instance;

    public bool HasFilters => Silo.IncomingFilters.Length > 0 || Class.IsFilter;

    /// <summary>Whether a call would have to wait now.</summary>
    public bool IsBusy => _running > 0 || _waiting.Count > 0 || IsClaimed;

    /// <summary>Whether it has come up and is not over.</summary>
    public bool IsActive => _stage is Stage.Activating or Stage.Valid or Stage.Deactivating;

    /// <summary>What calls are invoked on.</summary>
    public virtual object Target => _instance!;

    public IServiceProvider ActivationServices => (_scope ??= Silo.Services.CreateAsyncScope()).ServiceProvider;

    public Task Deactivated
    {
        get
        {
            lock (Gate)
            {
                if (_stage == Stage.Over)
                {
                    return Task.CompletedTask;
                }

                return (_deactivated ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    protected override bool IsOpen => _stage != Stage.Over;

    protected override bool HasReady => MayEnd || (_waiting.TryPeek(out var head) && MayBegin(head));

    private bool MayEnd => _ending is not null && _running == 0 && _stage is Stage.New or Stage.Valid;

    /// <summary>The activation behind a context.</summary>
    public static Activation Of(IGrainContext context) =>
        context as Activation ?? throw new InvalidOperationException("The grain has no activation: it was constructed outside of the engine.");

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default) => Wake(() =>
    {
        if (_ending is not null || _stage == Stage.Over)
        {
            return false;
        }

        _ending = new Ending(deactivationReason, cancellationToken);
        return true;
    });

    /// <summary>Deactivates it if it has been idle for its class's age limit.</summary>
    public void CollectIfIdle() => Wake(() =>
    {
        var idle = !IsClaimed && _running == 0 && _ending is null && _stage == Stage.Valid
            && Silo.Clock.GetElapsedTime(_idleSince) >= Class.AgeLimit && Silo.Clock.GetTimestamp() >= _keepUntil;
        if (idle)
        {
            _ending = new Ending(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"Idle for {Class.AgeLimit}."), default);
        }

        return idle;
    });

    public void KeepAliveFor(TimeSpan time)
    {
        var ticks = Math.Min(time.TotalSeconds * Silo.Clock.TimestampFrequency, long.MaxValue / 2d);
        _keepUntil = ticks > 0 ? Silo.Clock.GetTimestamp() + (long)ticks : 0;
    }

    public void AddPart(IPersistentPart part) => (_parts ??= []).Add(part);

    public void AddTimer(GrainTimer timer) => (_timers ??= []).Add(timer);

    public void RemoveTimer(GrainTimer timer) => _timers?.Remove(timer);

    protected override void Admit(Invocation invocation)
    {
        if (invocation is Request && TooMany(QueuedInvocations + _waiting.Count) is { } refusal)
        {
            throw refusal;
        }

        invocation.Park(Silo);
    }

    protected override void Start(Invocation invocation)
    {
        if (_stage == Stage.New && _ending is null)
        {
            _stage = Stage.Activating;
            RunTurn(static state => _ = ((Activation)state!).ActivateAsync(), this);
        }

        if (MayBegin(invocation))
        {
            BeginOne(invocation);
        }
        else
        {
            WaitOrMoveOn(invocation);
        }
    }

    protected override void RunReady()
    {
        while (true)
        {
            if (MayEnd)
            {
                var old = _stage;
                _stage = Stage.Deactivating;
                RunTurn(old == Stage.New ? static state => ((Activation)state!).Retire(null) : static state => _ = ((Activation)state!).DeactivateAsync(), this);
            }
            else if (_waiting.TryPeek(out var head) && MayBegin(head))
            {
                BeginOne(_waiting.Dequeue());
            }
            else
            {
                return;
            }
        }
    }

    private bool MayBegin(Invocation invocation) =>
        _stage == Stage.Valid && _ending is null
        && (_blocking == 0 || Class.IsReentrant || invocation.AlwaysInterleaves || (invocation.IsReadOnly && _blockingWrites == 0));

    private void WaitOrMoveOn(Invocation invocation)
    {
        if (_stage == Stage.Over)
        {
            // It began, and failed to come up, in this very call: the failure is for this invocation, too.
            invocation.Reject(_failure ?? new OrleansMessageRejectionException($"{GrainId} was deactivated."));
            return;
        }

        // Those whose callers have given up go first, so that a grain that is stuck does not hoard them.
        while (_waiting.TryPeek(out var head) && head.IsAbandoned)
        {
            _waiting.Dequeue();
        }

        if (invocation is Request && TooMany(_waiting.Count) is { } refusal)
        {
            invocation.Reject(refusal);
            return;
        }

        invocation.Park(Silo);
        _waiting.Enqueue(invocation);
    }

    private LimitExceededException? TooMany(int waiting) =>
        Silo.Messaging.MaxEnqueuedRequestsHardLimit is > 0 and var limit && waiting >= limit
            ? new LimitExceededException(nameof(Silo.Messaging.MaxEnqueuedRequestsHardLimit), waiting, limit, GrainId)
            : null;

    private void BeginOne(Invocation invocation)
    {
        if (invocation.IsAbandoned)
        {
            return;
        }

        invocation.Activation = this;
        _running++;
        if (!invocation.AlwaysInterleaves)
        {
            _blocking++;
            _blockingWrites += invocation.IsReadOnly ? 0 : 1;
        }

        RunTurn(BeginBody, invocation);
    }

    private void BeginTurn(Invocation invocation)
    {
        if (invocation.Context is { } values)
        {
            RequestContext.Values = values;
        }

        if (invocation.Begin(this) is { } pending)
        {
            pending.ContinueWith(FinishBody, invocation, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, this);
        }
        else
        {
            Finish(invocation);
        }
    }

    private void Finish(Invocation invocation)
    {
        _running--;
        if (!invocation.AlwaysInterleaves)
        {
            _blocking--;
            _blockingWrites -= invocation.IsReadOnly ? 0 : 1;
        }

        if (invocation.KeepsAlive)
        {
            _idleSince = Silo.Clock.GetTimestamp();
        }

        if (invocation.End() is InconsistentStateException { IsSourceActivation: true } stale)
        {
            stale.IsSourceActivation = false;
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, stale, "Its state was written by another."));
        }
    }
}
