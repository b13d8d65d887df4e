using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Grid.Mail.Ingress;

/// <summary>Settings of one SMTP listener.</summary>
public sealed record SmtpListenerOptions
{
    /// <summary>Submission or inbound.</summary>
    public required SmtpListenerKind Kind { get; init; }

    /// <summary>Our name in the greeting and in EHLO's answer: ASCII.</summary>
    public required string HostName { get; init; }

    /// <summary>Largest message in bytes as the gate gets it; 25 MiB.</summary>
    public int MaxMessageBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>Bytes of unfinished messages over all sessions of the listener; beyond it messages get 452 4.3.1. 512 MiB.</summary>
    public long MaxBufferedBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Most recipients a message; 1,000. More get 452 4.5.3, which asks the client to go on in another transaction.</summary>
    public int MaxRecipients { get; init; } = 1000;

    /// <summary>Most connections in all; 2,000. More get 421 4.3.2, where no session is idle or slow that may be closed for them (at a submission listener: none that has signed in).</summary>
    public int MaxConnections { get; init; } = 2000;

    /// <summary>Most connections of one peer address; 200. More get 421 4.7.0, where none of that peer's own may be closed for them.</summary>
    public int MaxConnectionsPerPeer { get; init; } = 200;

    /// <summary>Most messages over one connection; 100,000. Then 421 4.7.0.</summary>
    public int MaxMessagesPerConnection { get; init; } = 100_000;

    /// <summary>Most refused commands over one connection; 20. Then 421 4.7.0.</summary>
    public int MaxErrors { get; init; } = 20;

    /// <summary>Most commands since the last message, recipients apart, that lead to none (NOOP, RSET, EHLO, VRFY …); 100. Then 421 4.7.0.</summary>
    public int MaxIdleCommands { get; init; } = 100;

    /// <summary>Time for one whole command to arrive, not prolonged by its pieces; 5 min (RFC 5321, 4.5.3.2.7). Then 421 4.4.2.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time for one whole message to arrive, not prolonged by its pieces; 20 min. Then 421 4.4.2.</summary>
    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Time for the TLS handshake; 30 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Peers whose connections begin with a PROXY header, version 1 or 2, that says whose they are: without one they get 421 4.3.5. From any other
    /// peer such a header is a command that is not known. Empty.
    /// </summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Time for a proxy's header to arrive; 10 s.</summary>
    public TimeSpan PreambleTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Certificate with its key for STARTTLS; null: not offered.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>AUTH only under TLS; peers on loopback are exempt. True.</summary>
    public bool RequireTlsForAuth { get; init; } = true;

    /// <summary>What is wrong with these options, each naming the option and the rule; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (HostName.Length is 0 or > 255 || HostName.AsSpan().ContainsAnyExceptInRange('!', '~'))
            yield return $"{nameof(HostName)} must be a host name of 1 to 255 ASCII characters";
        if (MaxMessageBytes is < 1024 or > 1024 * 1024 * 1024)
            yield return $"{nameof(MaxMessageBytes)} must be 1,024 bytes to 1 GiB";
        if (MaxBufferedBytes < MaxMessageBytes)
            yield return $"{nameof(MaxBufferedBytes)} must be at least {nameof(MaxMessageBytes)}";
        if (MaxRecipients < 100)
            yield return $"{nameof(MaxRecipients)} must be at least 100 (RFC 5321, 4.5.3.1.8)";
        if (Math.Min(Math.Min(MaxConnections, MaxConnectionsPerPeer), Math.Min(MaxMessagesPerConnection, Math.Min(MaxErrors, MaxIdleCommands))) < 1)
            yield return $"{nameof(MaxConnections)}, {nameof(MaxConnectionsPerPeer)}, {nameof(MaxMessagesPerConnection)}, {nameof(MaxErrors)} and {nameof(MaxIdleCommands)} must be at least 1";
        if (IdleTimeout <= TimeSpan.Zero || DataTimeout <= TimeSpan.Zero || HandshakeTimeout <= TimeSpan.Zero || PreambleTimeout <= TimeSpan.Zero)
            yield return $"{nameof(IdleTimeout)}, {nameof(DataTimeout)}, {nameof(HandshakeTimeout)} and {nameof(PreambleTimeout)} must be positive";
        if (Certificate is { HasPrivateKey: false })
            yield return $"{nameof(Certificate)} must come with its private key";
    }
}
