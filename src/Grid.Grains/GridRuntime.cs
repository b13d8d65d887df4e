using Grid.Core.Ports;
using Grid.Grains.Admission;
using Grid.Grains.Counters;
using Grid.Grains.Enforcement;
using Grid.Grains.Outcomes;
using Grid.Grains.Queue;
using Grid.Grains.Sending;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Grid.Grains;

/// <summary>
/// Starts and ends the stages of this process, in the order in which they depend on each other. Ready only when what an earlier process
/// left is settled and counted. Stopping: senders begin nothing new, transactions end, outcomes are committed and counted, counters saved.
/// </summary>
public sealed partial class GridRuntime(
    Projector projector, OutcomeDesk desk, ActiveWindow window, Dispatcher dispatcher, Pauses pauses, PoolDirectory pools, PermitBook book,
    SiteConnections connections, ReadyQueues queues, ShapingBook shaping, SenderStop stop, IStoreLifetime store, GridRuntimeOptions options, TimeProvider clock, QueueControl control, Readiness readiness,
    PolicyBook policies, HeldMail held,
    ILogger<GridRuntime> log) : IHostedLifecycleService
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _ending = new();
    private readonly List<Task> _loops = [];

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        projector.Attach();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        _ = control;
        await pauses.LoadAsync(cancellationToken);
        await pools.RefreshAsync(cancellationToken);
        await shaping.RefreshAsync(cancellationToken);
        await projector.ReplayAsync(cancellationToken);
        Run(projector.RunAsync(_ending.Token));
        await desk.SettleRecoveredAsync(cancellationToken);
        window.Routing.Unroutable += (item, why) => desk.SettleUnsent(item, why);
        window.Routing.Simulated += desk.SettleSimulated;
        Run(desk.RunAsync(window, _ending.Token));
        Run(dispatcher.RunAsync(stop.Token));
        Run(window.RunAsync(stop.Token));
        Run(ForgetAsync(stop.Token));
        Run(policies.RunAsync(stop.Token));
        Run(held.RunAsync(stop.Token));
        readiness.IsReady = true;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.IsReady = false;
        stop.Stop();
        var began = clock.GetTimestamp();
        while ((connections.Total > 0 || desk.Waiting > 0) && clock.GetElapsedTime(began) < options.Drain)
        {
            await Task.Delay(Breath, clock, CancellationToken.None);
        }

        await projector.CheckpointAsync(CancellationToken.None).WaitAsync(options.Drain, clock, CancellationToken.None);
        LogDrained(connections.Total, desk.Waiting);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        foreach (var loop in _loops)
        {
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await store.CloseAsync(CancellationToken.None);
        _ending.Dispose();
    }

    private void Run(Task loop)
    {
        _loops.Add(loop);
        _ = loop.ContinueWith(
            failed => LogLoopEnded(failed.Exception!.GetBaseException()), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Sweep, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            queues.Retire();
            book.Forget();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "A stage of the grid has ended; restart the process")]
    private partial void LogLoopEnded(Exception e);

    [LoggerMessage(Level = LogLevel.Information, Message = "Drained: {Connections} connections and {Outcomes} outcomes left")]
    private partial void LogDrained(int connections, int outcomes);
}
