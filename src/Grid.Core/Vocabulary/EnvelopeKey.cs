namespace Grid.Core.Vocabulary;

/// <summary>One recipient of one message: the unit that is queued, attempted and settled.</summary>
/// <param name="Message">The message.</param>
/// <param name="Recipient">Index of the recipient in the message's list, from 0 (to, then cc, then bcc).</param>
public readonly record struct EnvelopeKey(MessageId Message, int Recipient);
