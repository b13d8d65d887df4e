using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>A connection, or why there is none.</summary>
/// <param name="Failure">The receiver's words, or code 0 with the network's.</param>
public readonly record struct OpenedConnection(IMailConnection? Connection, SmtpReply? Failure)
{
    /// <summary>With no connection: whether our own way out is to blame, and not the receiver.</summary>
    public WayOutFault WayOut { get; init; }

    /// <summary>How TLS came out, for each connection on the way here that came so far; null: none did, or nobody noted it.</summary>
    public IReadOnlyList<TlsSession>? Sessions { get; init; }
}
