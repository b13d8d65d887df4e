using System.Net;

namespace Grid.Mail.Ingress;

/// <summary>What the listeners ask of the grid. An exception from any of these is answered with 451 4.3.0 and logged.</summary>
public interface ISmtpGate
{
    /// <summary>AUTH with a user and a password, each of 1 to 1,024 bytes of UTF-8.</summary>
    ValueTask<SmtpSignIn> SignInAsync(string user, string password, IPAddress peer, CancellationToken cancellationToken = default);

    /// <summary>The tenant whose trusted network the peer is in; null where there is none. Asked once a session.</summary>
    string? TrustedTenant(IPAddress peer);

    /// <summary>MAIL, syntactically sound; null accepts.</summary>
    ValueTask<SmtpServerReply?> MailFromAsync(SmtpSession session, SmtpEnvelope envelope, CancellationToken cancellationToken = default);

    /// <summary>RCPT, syntactically sound, not yet among the envelope's recipients; null accepts.</summary>
    ValueTask<SmtpServerReply?> RecipientAsync(SmtpSession session, SmtpEnvelope envelope, SmtpRecipient recipient, CancellationToken cancellationToken = default);

    /// <summary>A whole message with at least one recipient. To be answered after the durable commit; a 2xx takes responsibility for it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="data">Exactly the message, lines ended by CRLF, without dot-stuffing; the gate's to keep.</param>
    /// <param name="cancellationToken">The listener is being stopped hard.</param>
    ValueTask<SmtpServerReply> MessageAsync(SmtpSession session, SmtpEnvelope envelope, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);
}
