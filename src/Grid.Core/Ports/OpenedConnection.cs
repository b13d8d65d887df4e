using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>A connection, or why there is none.</summary>
/// <param name="Failure">The receiver's words, or code 0 with the network's.</param>
public readonly record struct OpenedConnection(IMailConnection? Connection, SmtpReply? Failure);
