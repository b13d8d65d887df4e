using System.Text.RegularExpressions;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Vocabulary;
using Grid.Host.Options;
using Grid.Mail.Mime;

namespace Grid.Host.Ingress;

/// <summary>
/// Reads what policies ask of a message. In: the finished message, what is declared with it, the tenant, the names of the facts that
/// are asked for. Out: the facts. Guarantees: the same for each way in, as it reads what is to be sent; the body is looked at only where
/// a fact of it is asked for, so that a policy without such clauses costs nothing.
/// </summary>
public sealed partial class MessageFactsReader(GridOptions options, TimeProvider clock)
{
    private static readonly string[] OfTheMessage =
    [
        "message.unsubscribeLink", "message.listUnsubscribe", "message.unsubscribeByMailOnly", "message.postalAddress", "message.companyName",
        "message.saysReason", "message.personal", "message.advertisementLabel", "message.foreignFromName", "message.ownReplyTo",
    ];

    private static readonly string[] AdvertisementWords = ["advertisement", "advertising", "anzeige", "werbung", "publicité", "pubblicità", "publicidad", "reclame", "reklam"];

    /// <summary>The facts; those that nobody asks for may be missing.</summary>
    public MessageFacts Read(TenantSpec tenant, Draft.Ready draft, IReadOnlySet<string> asked)
    {
        var (submission, declared) = (draft.Submission, draft.Declared);
        var stream = MailStreamName.Of(submission.Stream);
        var facts = new MessageFacts
        {
            Now = clock.GetUtcNow(),
            Stream = stream,
            Purpose = declared.Purpose ?? (submission.Stream == MailStream.Transactional ? "transactional" : "commercial"),
            Recipients = [.. submission.Recipients.Select(recipient => new RecipientFacts(recipient.Address, recipient.Domain))],
            Campaign = submission.Campaign,
            Consent = declared.ConsentFacts,
            Topic = declared.Topic,
            Reason = declared.Reason,
            AttestedBy = declared.Attestation,
            ProfileComplete = tenant.Profile?.IsComplete == true,
            SenderNames = asked.Contains("consent.givenToSender") ? [tenant.Id, tenant.Name, tenant.Profile?.Company ?? "", .. tenant.SendingDomains] : [],
            Country = string.IsNullOrEmpty(tenant.Profile?.Country) ? null : tenant.Profile.Country,
            Findings = tenant.Scopes.Count == 0 ? [] : [.. ScopeRules.Of(tenant.Scopes, stream, submission.Campaign).SelectMany(s => s.Findings).Distinct()],
        };
        return asked.Overlaps(OfTheMessage) ? ReadMessage(tenant, facts, MessageReader.Read(submission.Body)) : facts;
    }

    private MessageFacts ReadMessage(TenantSpec tenant, MessageFacts facts, MimeEntity message)
    {
        var body = BodyText.Of(message);
        var own = options.PublicUrl + "/u/";
        var hasLink = WaysOut.HasWebLink(body, own);

        // What the grid adds by itself is not what the tenant did.
        var list = message.Header("List-Unsubscribe")?.Value is { } value && !value.Contains(own, StringComparison.OrdinalIgnoreCase) ? value : "";
        var byWeb = hasLink || list.Contains("<http", StringComparison.OrdinalIgnoreCase);
        return facts with
        {
            UnsubscribeLink = hasLink,
            ListUnsubscribe = list.Length > 0,
            UnsubscribeByMailOnly = !byWeb && (list.Contains("mailto:", StringComparison.OrdinalIgnoreCase) || WaysOut.HasMailLink(body)),
            PostalAddress = body.Says(tenant.Profile?.PostalAddress),
            CompanyName = body.Says(tenant.Profile?.Company),
            SaysReason = body.Says(facts.Reason),
            Personal = body.Says(facts.Reason) == true || NamesReader(message, body),
            AdvertisementLabel = AdvertisementWords.Any(word => body.Plain.Contains(word, StringComparison.OrdinalIgnoreCase)),
            ForeignFromName = message.Header("From") is { } from && Mailbox.TryParse(from.Text, out var sender) ? HasForeignDomain(tenant, sender.Name) : null,
            OwnReplyTo = message.Header("Reply-To") is { } replyTo ? !HasForeignDomain(tenant, replyTo.Value) : null,
        };
    }

    private static bool NamesReader(MimeEntity message, BodyText body) =>
        message.Header("To") is { } to && MailboxParser.Parse(to.Value) is [var reader] && reader.Name.Split(' ')[0] is { Length: > 1 } first && body.Says(first) == true;

    // A domain with a top level of letters, so that "Version 1.2" and "Dr. Who" are none.
    private static bool HasForeignDomain(TenantSpec tenant, string text) =>
        Domain().Matches(text).Any(match => !SenderDomains.Allow(tenant, match.Value.ToLowerInvariant()));

    [GeneratedRegex(@"(?<![\w.-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![\w-])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Domain();
}
