using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Mail.Feedback;
using Grid.Mail.Mime;

namespace Grid.Host.Feedback;

/// <summary>
/// Keeps what people write to abuse@, postmaster@ and help@.
/// In: a letter. Out: a case with its number, the tenant and the message found where the letter brings a token of ours.
/// Guarantees: nothing follows from a letter by itself; automatic answers open no case (RFC 3834).
/// Fails with <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class AbuseLetters(TokenSearch tokens, AbuseDesk desk, Acknowledgements answers, ISpool spool, TimeProvider clock)
{
    private const int MaxParts = 50;

    /// <summary>The case's number; 0 where none is needed, null where the host brought too many.</summary>
    public async ValueTask<long?> TakeAsync(InboundMail mail, AbuseSource source, CancellationToken cancellationToken)
    {
        var message = MessageReader.Read(mail.Bytes);
        if (FeedbackReader.Read(mail.Bytes).IsAutoReply)
        {
            return 0;
        }

        var reference = tokens.Anywhere(mail.Bytes.Span) ?? InParts(message);
        var stored = reference is { } named ? await spool.FindAsync(named.Message, cancellationToken) : null;
        var from = MailboxParser.Parse(message.Header("From")?.Value ?? "");
        var number = await desk.OpenAsync(
            new()
            {
                At = clock.GetUtcNow(),
                Source = source,
                Peer = AbuseDesk.Show(mail.Peer),
                Reporter = from.Count > 0 ? from[0].Address : mail.ReturnPath,
                Words = message.Header("Subject")?.Text ?? "",
                Tenant = stored?.Tenant,
                Message = reference?.Message,
                Evidence = mail.Bytes,
            },
            cancellationToken);
        if (number is { } opened)
        {
            await answers.AnswerAsync(mail, message, opened, stored is not null, cancellationToken);
        }

        return number;
    }

    /// <summary>In what base64 or quoted-printable hides from a look at the bytes.</summary>
    private MessageReference? InParts(MimeEntity message) => message.Descendants().Prepend(message)
        .Where(part => part.Parts.Count == 0).Take(MaxParts)
        .Select(part => tokens.Anywhere(part.DecodedBody())).FirstOrDefault(found => found is not null);
}
