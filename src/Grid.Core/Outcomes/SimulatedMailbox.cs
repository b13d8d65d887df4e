using Grid.Core.Vocabulary;

namespace Grid.Core.Outcomes;

/// <summary>A mailbox of the simulator.</summary>
/// <param name="Name">The address before its @, lower case.</param>
/// <param name="Becomes">What becomes of mail to it, as a predicate.</param>
/// <param name="Reply">What its receiver says first.</param>
/// <param name="Then">What comes back after a delivery; null for nothing.</param>
public sealed record SimulatedMailbox(string Name, string Becomes, SmtpReply Reply, OutcomeKind? Then = null);
