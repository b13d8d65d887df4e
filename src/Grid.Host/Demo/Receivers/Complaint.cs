using System.Net;

namespace Grid.Host.Demo.Receivers;

/// <summary>Someone marked a message as spam.</summary>
/// <param name="ReturnPath">Address of MAIL.</param>
/// <param name="Recipient">Who complains.</param>
/// <param name="SourceIp">Address that sent it.</param>
/// <param name="Message">The message, whole.</param>
internal sealed record Complaint(string ReturnPath, string Recipient, IPAddress SourceIp, ReadOnlyMemory<byte> Message);
