using System.Net;

namespace Grid.Host.Feedback;

/// <summary>A message that came in over SMTP, for one of its recipients.</summary>
/// <param name="Bytes">Header and body.</param>
/// <param name="Peer">Host that handed it over.</param>
/// <param name="ReturnPath">Its MAIL; empty for the null return path.</param>
/// <param name="Envelope">What its recipient's token names; null for an address without one.</param>
public sealed record InboundMail(ReadOnlyMemory<byte> Bytes, IPAddress Peer, string ReturnPath, MessageReference? Envelope);
