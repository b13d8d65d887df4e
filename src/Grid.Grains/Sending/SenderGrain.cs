using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Contracts.Sending;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Grid.Grains.Outcomes;
using Grid.Grains.Queue;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Grid.Grains.Sending;

/// <summary>
/// Owns the connections from one sending IP to one set of hosts. In: word that there is mail, and how each connection ended. Out: connections,
/// each carrying mail on its own. Guarantees at most the connections that the site and its lane allow, and that after failures in a row it waits
/// longer each time. Mail for a site that nobody reaches is deferred by its schedule; nobody else's waits for it. It stands where it was
/// called from, as it empties that process' queues.
/// </summary>
[GrainType("sender")]
[PreferLocalPlacement]
public sealed partial class SenderGrain(
    Courier courier, SenderLanes lanes, SiteConnections places, OutcomeDesk desk, ReplyWatch watch,
    SendingOptions options, SenderStop stop, TimeProvider clock, ILogger<SenderGrain> log) : Grain, ISenderGrain
{
    /// <summary>A transport's word for a connection that was not as secure as it had to be (RFC 3463 x.7.5).</summary>
    private const string InsecureStatus = "4.7.5";

    private readonly BackOff _backOff = new(options);
    private SenderLane? _lane;
    private int _connections;
    private IGrainTimer? _alarm;

    private string Ip => this.GetPrimaryKeyString().Split('|')[1];

    private string Destination => this.GetPrimaryKeyString().Split('|')[2];

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        lanes.Leave(_lane);
        return Task.CompletedTask;
    }

    public ValueTask Wake()
    {
        if (stop.Token.IsCancellationRequested || (_lane = lanes.Find(_lane, Ip, Destination)) is not { } lane || !lane.Queue.HasTurns)
        {
            return ValueTask.CompletedTask;
        }

        if (_backOff.Holds(clock.GetUtcNow()))
        {
            return ValueTask.CompletedTask;
        }

        if (_connections == 0 && !lane.Queue.HasPermits(lane.IpPermits, lane.LanePermits))
        {
            return ValueTask.CompletedTask;
        }

        var stuck = clock.GetElapsedTime(lane.Queue.LastTaken) >= options.StuckAfter;
        var most = lane.LanePermits.MaxConnections is > 0 and var allowed ? allowed : options.ConnectionsPerSender;
        var wanted = ConnectionRamp.Wanted(_connections, lane.Queue.Worth.Of(lane.Queue.Count), stuck, _backOff.Failures > 0, most);
        for (var more = wanted - _connections; more > 0 && places.TryTake(lane); more--)
        {
            _connections++;
            lane.Queue.Connect(1);
            DelayDeactivation(TimeSpan.FromDays(1));
            _ = CarryAsync(lane, this.AsReference<ISenderGrain>());
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask Ended(int messages, string? failure, bool insecure, bool wayOut)
    {
        _connections--;
        if (_connections == 0)
        {
            DelayDeactivation(TimeSpan.Zero);
        }

        if (failure is null || messages > 0)
        {
            _backOff.Succeeded();
        }

        if (failure is not null && _backOff.Failed(failure, messages > 0, clock.GetUtcNow()) is { } wait)
        {
            KeepAway(wait, insecure, wayOut);
        }

        return Wake();
    }

    public ValueTask<SenderView> View() => new(new SenderView(Ip, Destination, _connections, _backOff.Failures, _backOff.Until, _backOff.Reason));

    private void KeepAway(TimeSpan wait, bool insecure, bool wayOut)
    {
        _alarm?.Dispose();
        _alarm = this.RegisterGrainTimer(static (SenderGrain self, CancellationToken _) => self.Wake().AsTask(), this, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        LogBackOff(Ip, Destination, _backOff.Failures, wait, _backOff.Reason ?? "");
        if ((insecure || _backOff.Failures >= options.FailuresToDefer) && _lane is { } lane && clock.GetElapsedTime(lane.Queue.LastConnected) > wait)
        {
            foreach (var item in lane.Queue.Withdraw((_, _) => true, held: false))
            {
                desk.SettleUnsent(item, new(0, insecure ? InsecureStatus : wayOut ? OutcomeDesk.WayOutStatus : "4.4.1", _backOff.Reason ?? "the site can't be reached"), Ip, lane.Queue.Route.Site);
            }
        }
    }

    private async Task CarryAsync(SenderLane lane, ISenderGrain self)
    {
        // Off the grain's turns: a connection waits for its receiver, and the grain must not.
        var report = await Task.Run(async () =>
        {
            try
            {
                return await courier.CarryAsync(lane, () => lane.Queue.LastConnected = clock.GetTimestamp());
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return new TripReport(0, new(0, "4.4.1", e.Message));
            }
            finally
            {
                lane.Queue.Connect(-1);
                places.Release(lane);
            }
        }).ConfigureAwait(false);
        if (report.Failure is { } words)
        {
            watch.Heed(lane.Ip, lane.Queue.Route.Site, [words]);
        }

        var insecure = report.Failure?.Enhanced == InsecureStatus;
        await self.Ended(report.Messages, insecure ? report.Failure!.Text : report.Failure?.ToString(), insecure, report.IsWayOut);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Ip} to {Site}: failure {Failures} in a row, waiting {Wait}: {Failure}")]
    private partial void LogBackOff(string ip, string site, int failures, TimeSpan wait, string failure);
}
