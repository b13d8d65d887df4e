using Grid.Core.Vocabulary;

namespace Grid.Grains.Ingress;

/// <summary>An accepted message.</summary>
public sealed record AcceptedMessage(MessageId Id, IReadOnlyList<AcceptedRecipient> Recipients);
