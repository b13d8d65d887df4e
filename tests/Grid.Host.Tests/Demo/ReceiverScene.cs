using System.Net;
using Grid.Host.Demo.Receivers;
using Grid.Mail.Ingress;

namespace Grid.Host.Tests.Demo;

/// <summary>Asks a receiver as its SMTP server would.</summary>
internal static class ReceiverScene
{
    public static readonly IPAddress First = new([127, 0, 0, 2]);
    public static readonly IPAddress Second = new([127, 0, 0, 3]);

    public static ReplyBook Book(string provider) => ReplyBook.Load()[provider];

    /// <summary>MAIL; 250 when accepted.</summary>
    public static int Mail(this Receiver receiver, IPAddress peer) => receiver.MailFromAsync(Session(peer), Envelope()).Result?.Code ?? 250;

    /// <summary>RCPT; 250 when accepted.</summary>
    public static int Recipient(this Receiver receiver, string address, IPAddress? peer = null) =>
        receiver.RecipientAsync(Session(peer ?? First), Envelope(), new(address, null, null)).Result?.Code ?? 250;

    private static SmtpSession Session(IPAddress peer) => new() { Id = 1, Kind = SmtpListenerKind.Inbound, Peer = peer };

    private static SmtpEnvelope Envelope() => new() { ReturnPath = "b+token@bounces.example" };
}
