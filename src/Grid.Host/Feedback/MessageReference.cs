using Grid.Core.Vocabulary;

namespace Grid.Host.Feedback;

/// <summary>What a token of ours names.</summary>
/// <param name="Recipient">Index in the message, or <see cref="Core.Feedback.MessageToken.WholeMessage"/>.</param>
public readonly record struct MessageReference(MessageId Message, int Recipient);
