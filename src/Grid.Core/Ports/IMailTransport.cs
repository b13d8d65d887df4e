using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Opens connections to receivers.</summary>
public interface IMailTransport
{
    /// <summary>Connects, greets and secures. An expected failure is an answer, not an exception.</summary>
    /// <param name="sourceIp">Address to send from; "0.0.0.0" leaves it to the system.</param>
    ValueTask<OpenedConnection> OpenAsync(SiteRoute route, string sourceIp, string ehlo, CancellationToken cancellationToken);
}
