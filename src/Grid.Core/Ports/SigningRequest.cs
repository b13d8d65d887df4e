using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>A message to be signed.</summary>
/// <param name="FromDomain">Domain of its author, lower case ASCII; empty where it isn't known.</param>
/// <param name="Message">Whole, with CRLF line ends.</param>
public readonly record struct SigningRequest(string Tenant, string FromDomain, MessageId Id, MailStream Stream, string? Campaign, ReadOnlyMemory<byte> Message);
