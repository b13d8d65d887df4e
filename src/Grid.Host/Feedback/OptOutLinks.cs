using Grid.Core.Feedback;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Host.Options;

namespace Grid.Host.Feedback;

/// <summary>
/// The unsubscribe headers of bulk mail (RFC 2369, RFC 8058), and what comes back through them.
/// In: a message's tenant, id and recipients; or a token. Out: header fields; or who it was.
/// Guarantees: one click where the message has one recipient, as only then the link knows who clicks; the link of a message to several asks
/// for the address. Links know all that they need, and work when the message is forgotten.
/// </summary>
public sealed class OptOutLinks(UnsubscribeKeys keys, GridOptions options)
{
    public const string Header = "List-Unsubscribe";
    public const string PostHeader = "List-Unsubscribe-Post";
    public const string OneClick = "List-Unsubscribe=One-Click";

    /// <summary>Field of bulk mail with the page where abuse is reported.</summary>
    public const string ReportHeader = "X-Report-Abuse";

    /// <summary>The page where abuse is reported.</summary>
    public string ReportPage => options.PublicUrl + "/abuse";

    private const string MailPrefix = "unsubscribe+";

    /// <summary>The fields to add.</summary>
    public IEnumerable<KeyValuePair<string, string>> HeadersFor(string tenant, MessageId id, IReadOnlyList<SubmittedRecipient> recipients)
    {
        var single = recipients.Count == 1;
        var who = new UnsubscribeReference(tenant, id, single ? 0 : MessageToken.WholeMessage, single ? recipients[0].Address : "");
        var token = keys.Links.Seal(who);

        // The subject brings the whole token: the address alone has room for one that needs the message to be remembered.
        var mail = $"mailto:{MailPrefix}{keys.Mails.Sign(id, who.Recipient)}@{options.Inbound.Domain}?subject={token}";
        yield return new(Header, $"<{options.PublicUrl}/u/{token}>, <{mail}>");
        if (single)
        {
            yield return new(PostHeader, OneClick);
        }
    }

    /// <summary>Reads the token of a link; null for anything else.</summary>
    public async ValueTask<UnsubscribeReference?> ReadAsync(string token, CancellationToken cancellationToken) =>
        keys.Links.TryRead(token, out var who)
        || (token.Length <= UnsubscribeToken.MaxLength && await keys.RefreshAsync(cancellationToken) && keys.Links.TryRead(token, out who))
            ? who
            : null;

    /// <summary>Reads an address <c>unsubscribe+TOKEN@DOMAIN</c>; case doesn't matter.</summary>
    public bool TryReadAddress(ReadOnlySpan<char> address, out MessageReference reference)
    {
        reference = default;
        var at = address.LastIndexOf('@');
        if (at != MailPrefix.Length + MessageToken.Length
            || !address.StartsWith(MailPrefix, StringComparison.OrdinalIgnoreCase)
            || !address[(at + 1)..].Equals(options.Inbound.Domain, StringComparison.OrdinalIgnoreCase)
            || !keys.Mails.TryRead(address[MailPrefix.Length..at], out var message, out var recipient))
        {
            return false;
        }

        reference = new(message, recipient);
        return true;
    }
}
