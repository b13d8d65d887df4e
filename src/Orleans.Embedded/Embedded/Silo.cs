using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Embedded.Activations;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Discovery;
using Orleans.Embedded.Proxies;
using Orleans.Embedded.Reminders;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// The engine. In come calls through references; out go their results, and what grains write to their storages. It guarantees Orleans' semantics
/// for one process: one activation an identity, turns, activation and deactivation, timers, reminders, filters. Calls before its start and
/// after its stop fail with <see cref="SiloUnavailableException"/>; at stop every grain is deactivated, within
/// <see cref="GrainCollectionOptions.DeactivationTimeout"/> and the host's own limit, and what still waits then fails likewise.
/// </summary>
internal sealed partial class Silo : IDisposable
{
    private readonly TimeProvider _clock;
    private ITimer? _collector;
    private volatile State _state = State.Created;

    public Silo(
        IServiceProvider services, TimeProvider clock, IOptions<SiloMessagingOptions> messaging, IOptions<GrainCollectionOptions> collection, ILogger<Silo> log)
    {
        _clock = clock;
        Services = services;
        Messaging = messaging.Value;
        Collection = collection.Value;
        Log = log;
        PendingCalls = new PendingCalls(clock);
        Directory = new GrainDirectory(this);
        References = new References(this);
        GrainFactory = new GrainFactory(this);
        Classes = new GrainClasses(GrainAssemblies.GrainTypes(), Collection);
    }

    private enum State
    {
        Created,
        Running,
        Stopping,
        Stopped,
    }

    public IServiceProvider Services { get; }

    public TimeProvider Clock => _clock;

    public SiloMessagingOptions Messaging { get; }

    public GrainCollectionOptions Collection { get; }

    public ILogger Log { get; }

    public PendingCalls PendingCalls { get; }

    public GrainDirectory Directory { get; }

    public GrainClasses Classes { get; }

    public References References { get; }

    public GrainFactory GrainFactory { get; }

    /// <summary>Known from the start on: a filter may itself need the grain factory.</summary>
    public IIncomingGrainCallFilter[] IncomingFilters { get; private set; } = [];

    /// <inheritdoc cref="IncomingFilters"/>
    public IOutgoingGrainCallFilter[] OutgoingFilters { get; private set; } = [];

    public bool IsStopping => _state >= State.Stopping;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        IncomingFilters = [.. Services.GetServices<IIncomingGrainCallFilter>()];
        OutgoingFilters = [.. Services.GetServices<IOutgoingGrainCallFilter>()];
        _state = State.Running;
        _collector = _clock.CreateTimer(static silo => ((Silo)silo!).CollectIdle(), this, Collection.CollectionQuantum, Collection.CollectionQuantum);
        if (Services.GetService<ReminderRegistry>() is { } reminders)
        {
            await reminders.StartAsync(cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_state != State.Running)
        {
            return;
        }

        _state = State.Stopping;
        _collector?.Dispose();
        var reminders = Services.GetService<ReminderRegistry>();
        reminders?.Dispose();
        try
        {
            await DeactivateAllAsync().WaitAsync(Collection.DeactivationTimeout, _clock, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            LogStopLate(Log, Directory.All.Count(static one => one.IsActive));
        }

        _state = State.Stopped;
        PendingCalls.FailAll(static request => new SiloUnavailableException($"The silo stopped before {request} was complete."));
        if (reminders is not null)
        {
            await reminders.StopAsync(cancellationToken);
        }
    }

    /// <exception cref="SiloUnavailableException">It has not started, or has stopped; while it stops only grains may call, and only grains that are active.</exception>
    public void ThrowIfUnavailable()
    {
        var state = _state;
        if (state != State.Running && (state != State.Stopping || Activation.Current is null))
        {
            throw new SiloUnavailableException(state == State.Created ? "The silo has not started." : "The silo is stopping or has stopped.");
        }
    }

    /// <exception cref="SiloUnavailableException">No grain is activated any more.</exception>
    public void ThrowIfStopping()
    {
        if (IsStopping)
        {
            throw new SiloUnavailableException("The silo is stopping: it activates no more grains.");
        }
    }

    public void Dispose()
    {
        _state = State.Stopped;
        _collector?.Dispose();
        PendingCalls.Dispose();
    }

    // More than once, as a call that was under way may still activate a grain.
    private async Task DeactivateAllAsync()
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo stops.");
        while (Directory.All.Where(static one => one.IsActive).ToArray() is { Length: > 0 } active)
        {
            Array.ForEach(active, one => one.Deactivate(reason));
            await Task.WhenAll(active.Select(static one => one.Deactivated));
        }
    }

    private void CollectIdle()
    {
        foreach (var activation in Directory.All)
        {
            activation.CollectIfIdle();
        }
    }

    [LoggerMessage(5, LogLevel.Warning, "{Grains} grains were not deactivated in time; the silo stops without them.")]
    private static partial void LogStopLate(ILogger log, int grains);
}
