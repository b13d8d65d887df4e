using System.Globalization;
using System.Net.Sockets;
using Grid.Core.Vocabulary;
using Grid.Host.Options;
using Grid.Mail.Ingress;

namespace Grid.Host.Ingress;

/// <summary>The trace field of a submission (RFC 5321 section 4.4, with the protocol names of RFC 3848 and RFC 6531).</summary>
internal static class ReceivedHeader
{
    public static string Write(SmtpSession session, SmtpEnvelope envelope, string host, MessageId id, DateTimeOffset now)
    {
        var helo = OptionTexts.TryDomain(session.Helo, out var name) ? name : "unknown";
        var peer = session.Peer.AddressFamily == AddressFamily.InterNetworkV6 ? $"IPv6:{session.Peer}" : session.Peer.ToString();
        var recipient = envelope.Recipients.Count == 1 && System.Text.Ascii.IsValid(envelope.Recipients[0].Address) ? $" for <{envelope.Recipients[0].Address}>" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"from {helo} ([{peer}]) by {host} with {Protocol(session, envelope)} id {id}{recipient}; {now.UtcDateTime:ddd, dd MMM yyyy HH':'mm':'ss} +0000");
    }

    private static string Protocol(SmtpSession session, SmtpEnvelope envelope)
    {
        if (!session.IsExtended)
        {
            return "SMTP";
        }

        return (envelope.Utf8 ? "UTF8SMTP" : "ESMTP") + (session.TlsProtocol is null ? "" : "S") + (session.IsAuthenticated ? "A" : "");
    }
}
