using System.Net;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>The end of an attempt to connect.</summary>
public abstract record SmtpConnectResult
{
    private SmtpConnectResult()
    {
    }

    /// <summary>How TLS came out, for each connection that came so far.</summary>
    public IReadOnlyList<TlsSession> Sessions { get; init; } = [];

    /// <summary>Ready for transactions.</summary>
    public sealed record Connected(SmtpClientConnection Connection) : SmtpConnectResult;

    /// <summary>Not ready; nothing was attempted for any message.</summary>
    /// <param name="Reply">The receiver's refusal, or code 0 with the reason where the network or the protocol failed.</param>
    /// <param name="Stage">Connect, Greeting, Ehlo or Tls.</param>
    /// <param name="Endpoint">The endpoint that was tried last; null where none was.</param>
    public sealed record Refused(SmtpReply Reply, SmtpFailureStage Stage, IPEndPoint? Endpoint) : SmtpConnectResult
    {
        /// <summary>The proxy, not the receiver, kept it from coming about.</summary>
        public WayOutFault WayOut { get; init; }

        /// <summary>The handshake failed in a way that leaves opportunistic TLS free to try without.</summary>
        internal bool PlaintextMayFollow { get; init; }
    }
}
