using Grid.Core.Vocabulary;

namespace Grid.Core.Feedback;

/// <summary>Who unsubscribes from what: everything that an unsubscribe link has to know, so that it works when the message is long forgotten.</summary>
/// <param name="Tenant">Tenant id, 1 to 64 ASCII characters.</param>
/// <param name="Message">The message that brought the link.</param>
/// <param name="Recipient">Index in the message, or <see cref="MessageToken.WholeMessage"/> where several had the same link.</param>
/// <param name="Address">The recipient as it was given; empty where several had the same link.</param>
public readonly record struct UnsubscribeReference(string Tenant, MessageId Message, int Recipient, string Address);
