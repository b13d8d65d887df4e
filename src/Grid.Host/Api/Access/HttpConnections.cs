using System.Collections.Concurrent;
using System.Net;
using Grid.Host.Options;
using Microsoft.AspNetCore.Connections;

namespace Grid.Host.Api.Access;

/// <summary>
/// Counts the connections to the HTTP addresses. In: connections. Out: those that there is room for; others are closed at once.
/// Guarantees at most <see cref="LimitOptions.MaxHttpConnections"/> in all, and <see cref="LimitOptions.MaxHttpConnectionsPerPeer"/> of one address
/// that is no trusted proxy: without a bound silent connections use up the process' file descriptors, which ends it.
/// </summary>
public sealed partial class HttpConnections(GridOptions options, TimeProvider clock, ILogger<HttpConnections> log)
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<IPAddress, int> _peers = new();
    private readonly Lock _gate = new();
    private long _refused;
    private DateTimeOffset _toldAt = DateTimeOffset.MinValue;
    private int _open;

    /// <summary>Connections open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Serves a connection, or closes it.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        var peer = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var ofPeer = _peers.AddOrUpdate(peer, 1, static (_, count) => count + 1);
        try
        {
            if (Interlocked.Increment(ref _open) > options.Limits.MaxHttpConnections
                || (ofPeer > options.Limits.MaxHttpConnectionsPerPeer && !options.Http.TrustedProxies.Any(proxies => proxies.Contains(peer))))
            {
                Tell();
                connection.Abort(new ConnectionAbortedException("There are too many connections."));
                return;
            }

            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            Leave(peer);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Refused} HTTP connections were refused since it was last said; {Open} are open (Grid:Limits:MaxHttpConnections, MaxHttpConnectionsPerPeer).")]
    private static partial void LogRefused(ILogger logger, long refused, int open);

    /// <summary>Once a minute, whatever comes.</summary>
    private void Tell()
    {
        lock (_gate)
        {
            _refused++;
            if (clock.GetUtcNow() - _toldAt >= Between)
            {
                LogRefused(log, _refused, Open);
                (_refused, _toldAt) = (0, clock.GetUtcNow());
            }
        }
    }

    private void Leave(IPAddress peer)
    {
        while (_peers.TryGetValue(peer, out var count)
            && !(count == 1 ? _peers.TryRemove(KeyValuePair.Create(peer, count)) : _peers.TryUpdate(peer, count - 1, count)))
        {
        }
    }
}
