using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Hears how the TLS of connections came out.</summary>
public interface ITlsSessions
{
    /// <summary>Connections that were opened, or tried, for a recipient domain. Never throws, never waits.</summary>
    void Count(string domain, IReadOnlyList<TlsSession> sessions);
}
