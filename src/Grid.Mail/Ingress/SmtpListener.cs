using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace Grid.Mail.Ingress;

/// <summary>
/// An SMTP listener on Kestrel: <c>kestrel.Listen(endpoint, listen =&gt; listen.Run(listener.OnConnectedAsync))</c>.
/// In: connections. Out: messages to the gate.
/// Guarantees: connections in all and per peer, and memory for unfinished messages, stay within the options; while draining, sessions end
/// between messages with 421 4.3.2; when the listener is full, the session that has been idle longest makes room, or else the slowest, so that
/// neither keep mail out; at a submission listener only those make room that have not signed in; behind a trusted proxy a peer is the client that it names.
/// Fails: a failing session ends alone; what the gate throws is answered with 451 4.3.0 and logged.
/// </summary>
public sealed partial class SmtpListener : ConnectionHandler, IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    /// <summary>Applications that all connect at once don't take each other's places before they could sign in.</summary>
    private static readonly TimeSpan BeforeSignIn = TimeSpan.FromSeconds(10);

    private static long s_sessions;

    private readonly ConcurrentDictionary<IPAddress, int> _peers = new();
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _hardStop = new();
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private int _connections;

    /// <summary>Makes a listener.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public SmtpListener(SmtpListenerOptions options, ISmtpGate gate, TimeProvider clock, ILogger<SmtpListener> logger)
    {
        if (options.Faults().FirstOrDefault() is { } fault)
            throw new ArgumentException(fault, nameof(options));

        Options = options;
        Gate = gate;
        Memory = new SmtpMemoryBudget(options.MaxBufferedBytes);
        Idle = new IdleSessions(clock, options.Kind == SmtpListenerKind.Inbound ? TimeSpan.Zero : BeforeSignIn);
        Certificate = options.Certificate is null ? null : SslStreamCertificateContext.Create(options.Certificate, null, offline: true);
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Connections open now.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Bytes of unfinished messages held now.</summary>
    public long BufferedBytes => Memory.UsedBytes;

    internal SmtpListenerOptions Options { get; }

    internal ISmtpGate Gate { get; }

    internal SmtpMemoryBudget Memory { get; }

    internal SslStreamCertificateContext? Certificate { get; }

    /// <summary>Sessions which a new connection may take the place of.</summary>
    internal IdleSessions Idle { get; }

    internal bool OffersTls => Certificate is not null;

    internal bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>No new messages: sessions end with 421 4.3.2 as soon as they are between messages. Kestrel's own stop does the same.</summary>
    public void Drain() => _draining.Cancel();

    /// <summary>Cancels what the gate is doing for sessions. After <see cref="Drain"/>, when waiting has lasted long enough.</summary>
    public void Stop() => _hardStop.Cancel();

    /// <inheritdoc />
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var peer = PeerOf(connection);
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        using var stopping = lifetime?.ConnectionClosedRequested.UnsafeRegister(static l => ((SmtpListener)l!).Drain(), this);
        using var wire = new SmtpServerWire(connection, _clock, _draining.Token);
        int open = Interlocked.Increment(ref _connections);
        IPAddress? client = null;
        try
        {
            if (open > Options.MaxConnections && !Idle.TryEvict(null))
            {
                wire.Write(SmtpReplies.TooManyConnections);
            }
            else if (await ClientAsync(wire, peer).ConfigureAwait(false) is { } known)
            {
                client = known;
                await ServeAsync(wire, client).ConfigureAwait(false);
            }

            await wire.CloseAsync(LastWords).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            ConnectionLost(peer, e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
            if (client is not null)
                Leave(client);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _draining.Dispose();
        _hardStop.Dispose();
    }

    [LoggerMessage(1, LogLevel.Error, "The gate failed on {What} in SMTP session {Session}.")]
    internal partial void GateFailed(Exception exception, long session, string what);

    [LoggerMessage(2, LogLevel.Debug, "SMTP connection from {Peer} was lost: {Reason}.")]
    private partial void ConnectionLost(IPAddress peer, string reason);

    [LoggerMessage(3, LogLevel.Warning, "A connection from the trusted proxy {Peer} was closed, as it did not begin with a PROXY header ({Status}).")]
    private partial void PreambleMissed(IPAddress peer, SmtpWireStatus status);

    /// <summary>Whose connection it is: the peer's own, or that of whom a trusted proxy names; null where it names nobody. One that only looked whether we listen is told nothing.</summary>
    private async ValueTask<IPAddress?> ClientAsync(SmtpServerWire wire, IPAddress peer)
    {
        if (!Options.TrustedProxies.Any(proxies => proxies.Contains(peer)))
            return peer;

        var (status, client) = await ProxyPreamble.TakeAsync(wire, Options.PreambleTimeout).ConfigureAwait(false);
        if (status is SmtpWireStatus.Malformed or SmtpWireStatus.TimedOut)
        {
            PreambleMissed(peer, status);
            wire.Write(SmtpReplies.NoPreamble);
        }

        return status == SmtpWireStatus.Ready ? client ?? peer : null;
    }

    private async ValueTask ServeAsync(SmtpServerWire wire, IPAddress client)
    {
        if (_peers.AddOrUpdate(client, 1, static (_, count) => count + 1) > Options.MaxConnectionsPerPeer && !Idle.TryEvict(client))
        {
            wire.Write(SmtpReplies.TooManyFromPeer);
            return;
        }

        var session = new SmtpSession { Id = Interlocked.Increment(ref s_sessions), Kind = Options.Kind, Peer = client };
        var conversation = new SmtpConversation(wire, this, session, _hardStop.Token);
        try
        {
            await conversation.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            conversation.Leave();
        }
    }

    private static IPAddress PeerOf(ConnectionContext connection)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>Counts the peer down and forgets it at none, against others doing the same.</summary>
    private void Leave(IPAddress peer)
    {
        while (_peers.TryGetValue(peer, out int count))
        {
            bool done = count == 1
                ? _peers.TryRemove(KeyValuePair.Create(peer, count))
                : _peers.TryUpdate(peer, count - 1, count);
            if (done)
                return;
        }
    }
}
