using System.Net;
using System.Net.Sockets;
using System.Text;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>Brings a connection to the point where it takes MAIL: TCP, greeting, EHLO (or HELO), STARTTLS and EHLO again.</summary>
internal sealed class SmtpConnector(SmtpTarget target, SmtpTimeouts timeouts, TimeProvider clock)
{
    private readonly OutputBuffer _output = new();
    private SmtpFailureStage _stage;

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
            if (result is not SmtpConnectResult.Refused { Reply.Code: 0 })
                return result;
        }

        return result;
    }

    /// <summary>The conversation before MAIL, on a stream that is already there.</summary>
    public async ValueTask<SmtpConnectResult> OpenAsync(Stream stream, Socket? socket, IPEndPoint? endpoint, TlsMode mode, CancellationToken cancellationToken)
    {
        var wire = new SmtpWire(stream, clock);
        bool opened = false;
        bool handshaking = false;
        using var registration = cancellationToken.UnsafeRegister(static w => ((SmtpWire)w!).Abort("cancelled"), wire);
        try
        {
            _stage = SmtpFailureStage.Greeting;
            var reply = await wire.ReadReplyAsync(timeouts.Greeting).ConfigureAwait(false);
            if (reply.Code != 220)
                return Refuse(reply, endpoint);

            _stage = SmtpFailureStage.Ehlo;
            (reply, var extensions) = await GreetAsync(wire).ConfigureAwait(false);
            if (reply.Code != 250)
                return Refuse(reply, endpoint);

            TlsFacts? tls = null;
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
                    tls = await wire.StartTlsAsync(PeerCheck.Of(target, mode), timeouts.Tls).ConfigureAwait(false);
                    handshaking = false;
                    _stage = SmtpFailureStage.Ehlo;
                    (reply, extensions) = await GreetAsync(wire).ConfigureAwait(false);
                    if (reply.Code != 250)
                        return Refuse(reply, endpoint);
                }
                else if (mode != TlsMode.Opportunistic || reply.Code == 421)
                {
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
            bool mayFollow = handshaking && mode == TlsMode.Opportunistic && !cancellationToken.IsCancellationRequested;
            return new SmtpConnectResult.Refused(e.Reply, _stage, endpoint) { PlaintextMayFollow = mayFollow };
        }
        finally
        {
            if (!opened)
                wire.Dispose();
        }
    }

    private async ValueTask<SmtpConnectResult> TryAsync(IPEndPoint endpoint, TlsMode mode, CancellationToken cancellationToken)
    {
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

    private string Demand(TlsMode mode) => target.Dane is not null ? "DANE: TLS is required (RFC 7672)" : mode == TlsMode.Verified ? "MTA-STS: TLS is required (RFC 8461)" : "TLS is required";

    private SmtpConnectResult.Refused Refuse(SmtpReply reply, IPEndPoint? endpoint) => new(reply, _stage, endpoint);
}
