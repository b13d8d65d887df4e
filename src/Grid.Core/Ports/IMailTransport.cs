using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Opens connections to receivers.</summary>
public interface IMailTransport
{
    /// <summary>Connects, greets and secures. An expected failure is an answer, not an exception.</summary>
    /// <param name="sourceIp">Address to send from; "0.0.0.0" leaves it to the system.</param>
    /// <param name="proxy">HOST:PORT of the proxy that connects from that address in our stead (PROXY protocol, version 2); null: none, it is an address of this host.</param>
    ValueTask<OpenedConnection> OpenAsync(SiteRoute route, string sourceIp, string ehlo, string? proxy, CancellationToken cancellationToken);
}
