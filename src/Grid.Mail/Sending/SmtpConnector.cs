using System.Net;
using System.Net.Sockets;
using System.Text;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>Brings a connection to the point where it takes MAIL: TCP, greeting, EHLO (or HELO), STARTTLS and EHLO again.</summary>
internal sealed class SmtpConnector(SmtpTarget target, SmtpTimeouts timeouts, TimeProvider clock)
{
    private readonly OutputBuffer _output = new();
    private readonly List<TlsSession> _sessions = [];
    private SmtpFailureStage _stage;
    private string _helo = "";

    /// <summary>Tries the endpoints in their order until one answers; an answer, also a refusal, is final.</summary>
    public async ValueTask<SmtpConnectResult> ConnectAsync(CancellationToken cancellationToken)
    {
        SmtpConnectResult result = new SmtpConnectResult.Refused(
            new SmtpReply(0, "", "the receiver has no address that can be reached from this source address"), SmtpFailureStage.Connect, null);
        foreach (var endpoint in target.Endpoints.Where(e => target.Source is null || e.AddressFamily == target.Source.AddressFamily).Take(SmtpTarget.MaxEndpoints))
        {
            result = await TryAsync(endpoint, target.Tls, cancellationToken).ConfigureAwait(false);
            if (result is SmtpConnectResult.Refused { PlaintextMayFollow: true })
                result = await TryAsync(endpoint, TlsMode.None, cancellationToken).ConfigureAwait(false);

            cancellationToken.ThrowIfCancellationRequested();
            if (result is not SmtpConnectResult.Refused { Reply.Code: 0 } or SmtpConnectResult.Refused { WayOut: WayOutFault.Down })
                break;
        }

        return result with { Sessions = _sessions };
    }

    /// <summary>The conversation before MAIL, on a stream that is already there.</summary>
    public async ValueTask<SmtpConnectResult> OpenAsync(Stream stream, Socket? socket, IPEndPoint? endpoint, TlsMode mode, CancellationToken cancellationToken)
    {
        var wire = new SmtpWire(stream, clock);
        bool opened = false;
        bool handshaking = false;
        var peer = PeerCheck.Of(target, mode);
        using var registration = cancellationToken.UnsafeRegister(static w => ((SmtpWire)w!).Abort("cancelled"), wire);
        try
        {
            _stage = SmtpFailureStage.Greeting;
            var reply = await wire.ReadReplyAsync(timeouts.Greeting).ConfigureAwait(false);
            if (reply.Code != 220)
                return Refuse(reply, endpoint);

            _helo = reply.Text.Split(' ', 2)[0];
            _stage = SmtpFailureStage.Ehlo;
            (reply, var extensions) = await GreetAsync(wire).ConfigureAwait(false);
            if (reply.Code != 250)
                return Refuse(reply, endpoint);

            TlsFacts? tls = null;
            if (mode != TlsMode.None && !extensions.StartTls)
                Note(socket, endpoint, TlsResult.StartTlsNotSupported, peer, "");

            if (mode >= TlsMode.Required || (mode == TlsMode.Opportunistic && extensions.StartTls))
            {
                _stage = SmtpFailureStage.Tls;
                if (!extensions.StartTls)
                    return Refuse(new SmtpReply(0, SmtpWireException.InsecureStatus, $"{Demand(mode)} and the receiver does not offer STARTTLS"), endpoint);

                reply = await CommandAsync(wire, "STARTTLS\r\n", timeouts.Tls).ConfigureAwait(false);
                if (reply.Code == 220)
                {
                    if (wire.HasUnreadBytes)
                        throw new SmtpWireException("the receiver, or someone between, sent plaintext after its answer to STARTTLS");

                    handshaking = true;
                    tls = await wire.StartTlsAsync(peer, timeouts.Tls).ConfigureAwait(false);
                    handshaking = false;
                    Note(socket, endpoint, TlsResult.Success, peer, "");
                    _stage = SmtpFailureStage.Ehlo;
                    (reply, extensions) = await GreetAsync(wire).ConfigureAwait(false);
                    if (reply.Code != 250)
                        return Refuse(reply, endpoint);
                }
                else
                {
                    Note(socket, endpoint, TlsResult.StartTlsNotSupported, peer, reply.ToString());
                    if (mode != TlsMode.Opportunistic || reply.Code == 421)
                        return Refuse(reply, endpoint);
                }
            }

            // The promise counts where the host is known to be the domain's: by MTA-STS or DANE (RFC 8689 4.2.1).
            extensions = mode == TlsMode.Verified && tls is { Authority.Length: > 0 } ? extensions : extensions with { RequireTls = false };
            opened = true;
            return new SmtpConnectResult.Connected(new SmtpClientConnection(wire, socket, timeouts, extensions, tls, endpoint));
        }
        catch (SmtpWireException e)
        {
            if (handshaking && !cancellationToken.IsCancellationRequested)
                Note(socket, endpoint, peer.Refusal is null ? TlsResult.ValidationFailure : TlsResult.Success, peer, peer.Refusal is null ? e.Reply.Text : "");

            bool mayFollow = handshaking && mode == TlsMode.Opportunistic && !cancellationToken.IsCancellationRequested;
            // A proxy has no words of its own: it closes where it can't go on.
            var wayOut = target.Proxy is not null && _stage == SmtpFailureStage.Greeting && e.Reply.Code == 0 ? WayOutFault.Unanswered : WayOutFault.None;
            var reason = wayOut == WayOutFault.None ? e.Reply : SmtpWireException.Because($"the proxy {target.Proxy} brought no greeting of {endpoint}: {e.Reply.Text}");
            return new SmtpConnectResult.Refused(reason, _stage, endpoint) { PlaintextMayFollow = mayFollow, WayOut = wayOut };
        }
        finally
        {
            if (!opened)
                wire.Dispose();
        }
    }

    private async ValueTask<SmtpConnectResult> ThroughProxyAsync(IPEndPoint endpoint, TlsMode mode, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeouts.Connect, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Socket socket;
        try
        {
            socket = await ProxiedSocket.ConnectAsync(target.Proxy!, target.Source!, endpoint, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            string reason = deadline.IsCancellationRequested ? "timed out" : e.Message;
            return new SmtpConnectResult.Refused(SmtpWireException.Because($"connecting to the proxy {target.Proxy}: {reason}"), SmtpFailureStage.Connect, endpoint) { WayOut = WayOutFault.Down };
        }

        return await OpenAsync(new NetworkStream(socket, ownsSocket: true), socket, endpoint, mode, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<SmtpConnectResult> TryAsync(IPEndPoint endpoint, TlsMode mode, CancellationToken cancellationToken)
    {
        if (target.Proxy is not null && target.Source is not null)
            return await ThroughProxyAsync(endpoint, mode, cancellationToken).ConfigureAwait(false);

        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        bool timedOut = false;
        using var deadline = new Deadline(clock, () =>
        {
            timedOut = true;
            socket.Dispose();
        });
        deadline.Set(timeouts.Connect);
        try
        {
            if (target.Source is not null)
                socket.Bind(new IPEndPoint(target.Source, 0));

            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            deadline.Clear();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            socket.Dispose();
            string reason = timedOut ? "timed out" : e.Message;
            return new SmtpConnectResult.Refused(new SmtpReply(0, "", $"connecting to {endpoint}: {reason}"), SmtpFailureStage.Connect, endpoint);
        }

        return await OpenAsync(new NetworkStream(socket, ownsSocket: true), socket, endpoint, mode, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<(SmtpReply Reply, SmtpExtensions Extensions)> GreetAsync(SmtpWire wire)
    {
        var lines = new List<string>();
        var reply = await CommandAsync(wire, $"EHLO {target.Ehlo}\r\n", timeouts.Ehlo, lines).ConfigureAwait(false);
        if (reply.Code == 250)
            return (reply, SmtpExtensions.Parse(lines));

        // RFC 5321, 3.2: who does not know EHLO says 500, 502 or 504; some say 550.
        if (reply.Code is 500 or 501 or 502 or 504 or 550)
            reply = await CommandAsync(wire, $"HELO {target.Ehlo}\r\n", timeouts.Ehlo).ConfigureAwait(false);

        return (reply, SmtpExtensions.None);
    }

    private async ValueTask<SmtpReply> CommandAsync(SmtpWire wire, string command, TimeSpan timeout, List<string>? lines = null)
    {
        if (wire.HasUnreadBytes)
            throw new SmtpWireException("the receiver spoke before it was asked");

        if (command.AsSpan(0, command.Length - 2).ContainsAny('\r', '\n') || !Ascii.IsValid(command))
            throw new InvalidOperationException("The name for EHLO is not a host name.");

        await wire.SendAsync(_output.Append(command), timeout).ConfigureAwait(false);
        return await wire.ReadReplyAsync(timeout, lines: lines).ConfigureAwait(false);
    }

    private void Note(Socket? socket, IPEndPoint? endpoint, TlsResult channel, PeerCheck peer, string reason) => _sessions.Add(new(target.Host)
    {
        HostIp = endpoint?.Address.ToString() ?? "",
        SourceIp = (target.Proxy is null ? null : target.Source?.ToString()) ?? (socket?.LocalEndPoint as IPEndPoint)?.Address.ToString() ?? "",
        Helo = Cut(_helo),
        Channel = channel,
        Pkix = peer.Pkix,
        Tlsa = target.Dane?.Texts,
        Dane = peer.Dane,
        Reason = Cut(reason.Length > 0 ? reason : channel == TlsResult.Success ? peer.Words : ""),
    });

    private static string Cut(string text) => text[..Math.Min(text.Length, TlsSession.MaxText)];

    private string Demand(TlsMode mode) => target.Dane is not null ? "DANE: TLS is required (RFC 7672)" : mode == TlsMode.Verified ? "MTA-STS: TLS is required (RFC 8461)" : "TLS is required";

    private SmtpConnectResult.Refused Refuse(SmtpReply reply, IPEndPoint? endpoint) => new(reply, _stage, endpoint);
}
