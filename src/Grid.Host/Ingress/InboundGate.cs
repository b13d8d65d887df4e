using System.Globalization;
using System.Net;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Feedback;
using Grid.Mail.Ingress;
using Grid.Mail.Mime;

namespace Grid.Host.Ingress;

/// <summary>
/// SMTP for what comes back.
/// In: mail to the addresses of <see cref="InboundAddresses"/>. Out: complaints, bounces and opt-outs counted; cases for the abuse desk.
/// Guarantees: 250 is said when what the mail changes is durable and judged, or kept as a case; nothing is relayed, and nothing but a
/// signed letter to the desk is ever answered by mail (<see cref="Acknowledgements"/>), so no loop can begin here.
/// Fails: 550 5.1.1 for any other recipient; 554 5.6.0 for a letter to the feedback address that is no report; 554 5.4.6 for mail that
/// went round; 451 4.4.3 while a reporter's key can't be looked up; 452 4.3.1 while the store cannot write, 452 4.7.0 when a host brings more to the desk than is kept.
/// </summary>
public sealed class InboundGate(
    InboundAddresses addresses, FeedbackIntake feedback, UnsubscribeMail unsubscribes, AbuseLetters letters) : ISmtpGate
{
    /// <summary>Received fields of a message that went round (RFC 5321, 6.3).</summary>
    private const int MaxHops = 100;

    private static readonly SmtpServerReply NoSuchUser = new(550, "5.1.1", "No such address here");
    private static readonly SmtpServerReply WentRound = new(554, "5.4.6", "The message has more than 100 Received fields: it went round");
    private static readonly SmtpServerReply NoReport = new(554, "5.6.0", "This is no report about a message that was sent from here; write to abuse or postmaster");
    private static readonly SmtpServerReply TooMany = new(452, "4.7.0", "Too many reports that could not be believed came from this address; try again in an hour");
    private static readonly SmtpServerReply PutOff = new(451, "4.4.3", "The key of the report's signature can't be looked up now; try again later");
    private static readonly SmtpServerReply Thanks = SmtpServerReply.Accepted("Thank you");

    /// <inheritdoc />
    public ValueTask<SmtpSignIn> SignInAsync(string user, string password, IPAddress peer, CancellationToken cancellationToken = default) => new(SmtpSignIn.Wrong());

    /// <inheritdoc />
    public string? TrustedTenant(IPAddress peer) => null;

    /// <inheritdoc />
    public ValueTask<SmtpServerReply?> MailFromAsync(SmtpSession session, SmtpEnvelope envelope, CancellationToken cancellationToken = default) => new((SmtpServerReply?)null);

    /// <inheritdoc />
    public ValueTask<SmtpServerReply?> RecipientAsync(SmtpSession session, SmtpEnvelope envelope, SmtpRecipient recipient, CancellationToken cancellationToken = default) =>
        new(addresses.Read(recipient.Address, out _) == InboundPurpose.None ? NoSuchUser : null);

    /// <inheritdoc />
    public async ValueTask<SmtpServerReply> MessageAsync(
        SmtpSession session, SmtpEnvelope envelope, ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        if (MessageReader.Read(data).Headers.Count(header => header.Is("Received")) > MaxHops)
        {
            return WentRound;
        }

        try
        {
            var worst = (SmtpServerReply?)null;
            foreach (var recipient in envelope.Recipients)
            {
                var purpose = addresses.Read(recipient.Address, out var reference);
                var mail = new InboundMail(data, session.Peer, envelope.ReturnPath, purpose is InboundPurpose.ReturnPath or InboundPurpose.Unsubscribe ? reference : null);
                var reply = await TakeAsync(purpose, mail, cancellationToken);
                worst = worst is null || reply.Code > worst.Code ? reply : worst;
            }

            return worst ?? Thanks;
        }
        catch (StoreUnavailableException unavailable)
        {
            return new(452, "4.3.1", unavailable.Message);
        }
    }

    private async ValueTask<SmtpServerReply> TakeAsync(InboundPurpose purpose, InboundMail mail, CancellationToken cancellationToken)
    {
        if (purpose == InboundPurpose.Unsubscribe)
        {
            return await unsubscribes.TakeAsync(mail, cancellationToken) ? Thanks : TooMany;
        }

        var result = await feedback.TakeAsync(mail, cancellationToken);
        if (result.IsPutOff)
        {
            return PutOff;
        }

        // A letter about a message is a case, whether that message is found or not.
        if (result.Refused is not null || result.Body.Kind != "abuse" && (result.Body.Matched || purpose == InboundPurpose.ReturnPath))
        {
            return result.Recorded ? Thanks : TooMany;
        }

        // What is left is a letter to people, or nothing.
        if (purpose is not (InboundPurpose.Desk or InboundPurpose.Help) && result.Body.Kind != "abuse")
        {
            return result.Body.Kind == "none" ? NoReport : Thanks;
        }

        return await letters.TakeAsync(mail, purpose == InboundPurpose.Help ? AbuseSource.Help : AbuseSource.Letter, cancellationToken) switch
        {
            null => TooMany,
            0 => Thanks,
            var number => SmtpServerReply.Accepted(string.Create(CultureInfo.InvariantCulture, $"Thank you; this is case {number}")),
        };
    }
}
