using System.Globalization;
using Grid.Core.Ports;
using Grid.Host.Enforcement;
using Grid.Host.Options;
using Grid.Mail.Mime;

namespace Grid.Host.Feedback;

/// <summary>
/// Tells who wrote to the abuse desk that the letter has come in.
/// In: a letter and its case. Out: a short mail of the grid's own to its author.
/// Guarantees: nobody gets an answer to what they didn't write: From is one address, the same as in MAIL, To names
/// us, and From's domain, or one above it, signed the letter (DKIM). Automatic mail (RFC 3834), lists' mail and our own get none; one author gets one an hour, one domain
/// <see cref="MaxPerDomainPerHour"/>, all together <see cref="MaxPerHour"/>. Nothing of the letter is quoted.
/// Fails: what can't be kept is left out, as the case is open all the same.
/// </summary>
public sealed partial class Acknowledgements(PlatformMail platform, ISignatureVerifier signatures, HourlyLimits limits, GridOptions options, ILogger<Acknowledgements> log)
{
    /// <summary>Answers to one domain in an hour.</summary>
    public const int MaxPerDomainPerHour = 50;

    /// <summary>Answers in an hour.</summary>
    public const int MaxPerHour = 500;

    private const int MaxTo = 20;

    /// <summary>Local parts behind which nobody reads.</summary>
    private static readonly string[] Robots = ["mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce", "bounces", "root", "daemon"];

    /// <summary>Fields that mail of lists and of programs has.</summary>
    private static readonly string[] Automatic = ["List-Id", "List-Post", "List-Unsubscribe", "List-Help", "Feedback-ID", "X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Loop"];

    /// <summary>Answers a letter, where it may be answered.</summary>
    /// <param name="isOurs">It brings a message that was sent from here.</param>
    public async ValueTask AnswerAsync(InboundMail mail, MimeEntity letter, long number, bool isOurs, CancellationToken cancellationToken)
    {
        if (!options.Feedback.Acknowledge || AuthorOf(mail, letter) is not { } author || !await IsSignedAsync(mail, author, cancellationToken) || !TakePlace(author))
        {
            return;
        }

        var found = isOurs
            ? "The message that you sent us was sent from here, and we know by whom."
            : "We could not tell from your letter alone whether the message was sent from here. Its full headers help: forward it as an attachment, or use the form below.";
        var text = string.Create(CultureInfo.InvariantCulture, $"Thank you for your report. It is case {number}; a person looks into it.\n\n{found}\n\nPlease name the number when you write to us about it. Form: {options.PublicUrl}/abuse\n\nThis mail was written by a program.\n");
        try
        {
            var subject = string.Create(CultureInfo.InvariantCulture, $"Your report is case {number}");
            await platform.SendAsync(author.ToString(), subject, text, string.Create(CultureInfo.InvariantCulture, $"case-{number}"), cancellationToken, letter.Header("Message-ID")?.Value.Trim() ?? "");
        }
        catch (StoreUnavailableException e)
        {
            LogLeftOut(e, number);
        }
    }

    /// <summary>Who wrote it; null where nobody did, or nobody can be told.</summary>
    private EmailAddress? AuthorOf(InboundMail mail, MimeEntity letter)
    {
        var from = MailboxParser.Parse(letter.Header("From")?.Value ?? "");
        return from.Count == 1
            && from[0].Address.Equals(mail.ReturnPath, StringComparison.OrdinalIgnoreCase)
            && EmailAddress.TryParse(from[0].Address, out var author)
            && !author.NeedsUtf8
            && author.Domain != options.Inbound.Domain
            && !Robots.Contains(author.LocalPart.ToLowerInvariant())
            && MailboxParser.Parse(letter.Header("To")?.Value ?? "").Take(MaxTo).Any(to => to.Domain == options.Inbound.Domain)
            && letter.Header("Auto-Submitted")?.Value.Trim() is null or "no"
            && letter.Header("Precedence") is null
            && !letter.Headers.Any(header => Automatic.Any(header.Is))
            ? author
            : null;
    }

    private async ValueTask<bool> IsSignedAsync(InboundMail mail, EmailAddress author, CancellationToken cancellationToken) =>
        (await signatures.SignersAsync(mail.Bytes, cancellationToken)).Domains.Any(signer => Reporters.IsWithin(author.Domain, signer));

    private bool TakePlace(EmailAddress author) =>
        limits.TryTake("answers to " + author.ToString().ToLowerInvariant(), 1) && limits.TryTake("answers at " + author.Domain, MaxPerDomainPerHour) && limits.TryTake("answers", MaxPerHour);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Case {Number} was not acknowledged")]
    private partial void LogLeftOut(Exception e, long number);
}
