using System.Collections.Concurrent;
using Grid.Contracts.Sending;
using Grid.Grains.Queue;
using Microsoft.Extensions.Logging;

namespace Grid.Grains.Sending;

/// <summary>
/// Sees to it that each ready queue with mail has senders: one for each IP of its pool. In: queues that want to be emptied, changes of
/// pools. Out: wake-up calls to sender grains, at most one under way for each. A grain that fails is woken again with the next mail, or
/// the next look round.
/// </summary>
public sealed partial class Dispatcher(IGrainFactory grains, ReadyQueues queues, PoolDirectory pools, ShapingBook shaping, NodeIdentity node, SendingOptions options, TimeProvider clock, ILogger<Dispatcher> log)
{
    private static readonly TimeSpan LookRound = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<ISenderGrain, int> _calling = new();
    private readonly ConcurrentDictionary<string, ISenderGrain> _senders = new();
    private CancellationToken _stopping;

    /// <summary>Key of the sender from an IP to a set of hosts in this process.</summary>
    public static string Key(string node, string ip, string destination) => $"{node}|{ip}|{destination}";

    /// <summary>Keys of the senders that had mail in this process.</summary>
    public ICollection<string> Senders => _senders.Keys;

    /// <summary>Starts to wake senders, and looks round until cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        _stopping = stopping;
        queues.Opened += q => q.Wanted += () => Wake(q);
        foreach (var queue in queues.All)
        {
            queue.Wanted += () => Wake(queue);
        }

        queues.Retired += Forget;
        pools.Changed += WakeAll;
        using var timer = new PeriodicTimer(LookRound, clock);
        do
        {
            await RefreshAsync();
            WakeAll();
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async ValueTask RefreshAsync()
    {
        try
        {
            await pools.RefreshAsync(_stopping);
            await shaping.RefreshAsync(_stopping);
        }
        catch (Core.Ports.StoreUnavailableException e)
        {
            LogNoPools(e);
        }
    }

    private void WakeAll()
    {
        foreach (var queue in queues.All)
        {
            queue.Senders = pools.In(queue.Pool).Count();
            queue.MostConnections = queue.Senders * (shaping.Current.ForSite(queue.Route.Site).Connections ?? options.ConnectionsPerSender);
            if (queue.HasTurns)
            {
                Wake(queue);
            }
        }
    }

    private void Wake(ReadyQueue queue)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        foreach (var (ip, _) in pools.In(queue.Pool))
        {
            var sender = _senders.GetOrAdd(Key(node.Name, ip, queue.Route.Destination), static (key, g) => g.GetGrain<ISenderGrain>(key), grains);
            if (_calling.TryAdd(sender, 0))
            {
                _ = CallAsync(sender, ip);
            }
        }
    }

    private void Forget(ReadyQueue queue)
    {
        foreach (var ip in pools.All.Keys)
        {
            _senders.TryRemove(Key(node.Name, ip, queue.Route.Destination), out _);
        }
    }

    private async Task CallAsync(ISenderGrain sender, string ip)
    {
        await Task.Yield();
        _calling.TryRemove(sender, out _);
        try
        {
            await sender.Wake();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogNotWoken(e, ip);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sender of {Ip} could not be woken")]
    private partial void LogNotWoken(Exception e, string ip);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pools of sending IPs, or the shaping profiles, could not be read")]
    private partial void LogNoPools(Exception e);
}
