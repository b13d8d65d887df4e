using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Feedback;
using Grid.Host.Public;
using Grid.Mail.Mime;

namespace Grid.Host.Feedback;

/// <summary>
/// Honours mail to <c>unsubscribe+TOKEN@</c>.
/// In: a message to such an address with a genuine token. Out: an unsubscription from the sender's bulk mail.
/// Guarantees: whatever else the mail says, its token names the recipient: the whole token in the subject, or the message while it is
/// remembered; where several had the same link, the mail's From has to be one of them. What can't be honoured is kept for the desk.
/// Fails with <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class UnsubscribeMail(OptOutLinks links, UnsubscribeDesk desk, AbuseDesk abuse, ISpool spool, HourlyLimits limits, FeedbackInstruments instruments, TimeProvider clock)
{
    /// <summary>False where the host brought more than is kept.</summary>
    public async ValueTask<bool> TakeAsync(InboundMail mail, CancellationToken cancellationToken)
    {
        if (mail.ReturnPath.Length == 0)
        {
            return true; // a bounce or an automatic answer (RFC 3834): nobody asks for anything
        }

        var started = clock.GetTimestamp();
        var message = MessageReader.Read(mail.Bytes);
        var from = MailboxParser.Parse(message.Header("From")?.Value ?? "");
        var sender = from.Count == 1 ? from[0].Address : "";
        if (await FindAsync(mail.Envelope!.Value, message, sender, cancellationToken) is { } who
            && await desk.UnsubscribeAsync(who, UnsubscribeChoice.List, "mail to the unsubscribe address", cancellationToken))
        {
            instruments.Unsubscribed(clock.GetElapsedTime(started), "mail");
            return true;
        }

        return await abuse.OpenAsync(
            new()
            {
                At = clock.GetUtcNow(),
                Source = AbuseSource.Letter,
                Peer = AbuseDesk.Show(mail.Peer),
                Reporter = sender,
                SpammedAddress = sender,
                Words = "An unsubscription by mail whose link doesn't name its recipient any more.",
                Message = mail.Envelope.Value.Message,
                Evidence = mail.Bytes,
            },
            cancellationToken) is not null;
    }

    private async ValueTask<UnsubscribeReference?> FindAsync(MessageReference address, MimeEntity message, string sender, CancellationToken cancellationToken)
    {
        // The subject's token is the link's own; mail programs may fold it.
        var subject = string.Concat((message.Header("Subject")?.Value ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (await links.ReadAsync(subject, cancellationToken) is { } whole && whole.Message == address.Message)
        {
            return whole.Address.Length > 0 ? whole : await SenderAsync(whole, sender, cancellationToken);
        }

        if (await spool.FindAsync(address.Message, cancellationToken) is not { } stored)
        {
            return null;
        }

        var who = new UnsubscribeReference(stored.Tenant, stored.Id, address.Recipient, "");
        if (address.Recipient == MessageToken.WholeMessage)
        {
            return await SenderAsync(who, sender, cancellationToken);
        }

        var given = stored.Live.FirstOrDefault(live => live.Key.Recipient == address.Recipient)?.Address
            ?? stored.History.FirstOrDefault(record => record.Key.Recipient == address.Recipient)?.Address;
        return given is null ? null : who with { Address = given };
    }

    /// <summary>The mail's author as one of several recipients; anybody can write it into From, so that few are believed once the message is forgotten.</summary>
    private async ValueTask<UnsubscribeReference?> SenderAsync(UnsubscribeReference who, string sender, CancellationToken cancellationToken) =>
        await UnsubscribeEndpoints.RecipientAsync(spool, who, sender, cancellationToken) is { } known && (!known.IsUnknown || UnsubscribeEndpoints.TakeUnknown(limits, who)) ? known.Who : null;
}
