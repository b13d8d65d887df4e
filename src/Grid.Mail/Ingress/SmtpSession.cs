using System.Net;

namespace Grid.Mail.Ingress;

/// <summary>What is known of a session; the gate reads it.</summary>
public sealed class SmtpSession
{
    /// <summary>Number of the session within the process, from 1.</summary>
    public required long Id { get; init; }

    /// <summary>Which kind of listener it came in by.</summary>
    public required SmtpListenerKind Kind { get; init; }

    /// <summary>The client's address; IPv4 in its own form.</summary>
    public required IPAddress Peer { get; init; }

    /// <summary>Name given in EHLO or HELO; empty before.</summary>
    public string Helo { get; internal set; } = "";

    /// <summary>EHLO was said, not HELO.</summary>
    public bool IsExtended { get; internal set; }

    /// <summary>TLS protocol, for example "Tls13"; null in plaintext.</summary>
    public string? TlsProtocol { get; internal set; }

    /// <summary>The client spoke before the greeting: a mark of careless software.</summary>
    public bool IsEarlyTalker { get; internal set; }

    /// <summary>The tenant, from AUTH or the trusted network; null where unknown.</summary>
    public string? Tenant { get; internal set; }

    /// <summary>The tenant signed in with AUTH.</summary>
    public bool IsAuthenticated { get; internal set; }

    /// <summary>Messages accepted so far.</summary>
    public int MessagesAccepted { get; internal set; }

    /// <summary>The gate's own.</summary>
    public object? State { get; set; }
}
