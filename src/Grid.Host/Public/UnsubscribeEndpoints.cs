using Grid.Core.Feedback;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Feedback;
using Grid.Host.Feedback;
using Grid.Host.Ingress;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Host.Public;

/// <summary>
/// What stands behind an unsubscribe link (RFC 8058).
/// In: GET and HEAD, which change nothing, whoever follows the link; POST by a mail client (one click) or from the page. Out: pages.
/// Guarantees: a POST is answered when it holds, also for queued mail; a repeat is answered as the first was; it works for a tenant in any state.
/// Fails: 404 for what is no token; 422 where a link of several recipients doesn't know the address that was entered; 429 for more addresses than are
/// believed of such a link whose message is forgotten.
/// </summary>
internal static class UnsubscribeEndpoints
{
    /// <summary>
    /// Addresses in an hour that may be entered at the link of a message to several that is forgotten: nobody knows then whether they had it, and the
    /// link is in many hands.
    /// </summary>
    public const int MaxUnknownPerHour = 20;

    private const int MaxFormBytes = 16 * 1024;
    private const int MaxFields = 16;
    private const int MaxSenderName = 100;

    public static void MapUnsubscribe(this IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("/u").WithTags("Public");
        links.MapGet("/" + PublicPage.StylePath, PublicPage.StyleSheet).ExcludeFromDescription();
        links.MapMethods("/{token}", ["GET", "HEAD"], Show).Produces(200, contentType: "text/html").Produces(404, contentType: "text/html");
        links.MapPost("/{token}", Honour).Produces(200, contentType: "text/html").Produces(404, contentType: "text/html").Produces(422, contentType: "text/html").Produces(429, contentType: "text/html").DisableAntiforgery();
    }

    private static async Task<IResult> Show(string token, HttpContext context, OptOutLinks links, TenantDirectory tenants)
    {
        var words = Words(context);
        return await links.ReadAsync(token, context.RequestAborted) is { } who
            ? UnsubscribePage.Ask(words, who, await SenderAsync(tenants, who.Tenant))
            : UnsubscribePage.Unknown(words);
    }

    private static async Task<IResult> Honour(
        string token, HttpContext context, OptOutLinks links, UnsubscribeDesk desk, TenantDirectory tenants, ISpool spool, HourlyLimits limits, FeedbackInstruments instruments, TimeProvider clock)
    {
        var asked = clock.GetTimestamp();
        var words = Words(context);
        if (await links.ReadAsync(token, context.RequestAborted) is not { } who)
        {
            return UnsubscribePage.Unknown(words);
        }

        var form = await FormAsync(context);
        var isPage = UnsubscribePage.Scopes.TryGetValue(form[UnsubscribePage.ScopeField].ToString(), out var choice);
        var sender = await SenderAsync(tenants, who.Tenant);
        if (who.Address.Length == 0)
        {
            var entered = form[UnsubscribePage.AddressField].ToString();
            if (await RecipientAsync(spool, who, entered, context.RequestAborted) is not { } known)
            {
                return UnsubscribePage.Ask(words, who, sender, entered);
            }

            if (known.IsUnknown && !TakeUnknown(limits, who))
            {
                return UnsubscribePage.TooMany();
            }

            // Who can't be told from others speaks to the sender only.
            (who, choice) = (known.Who, known.IsUnknown && choice == UnsubscribeChoice.Everyone ? UnsubscribeChoice.Sender : choice);
        }

        // Once begun it is finished, whether or not the client still waits.
        await desk.UnsubscribeAsync(who, choice, isPage ? "unsubscribe page" : "one click", CancellationToken.None);
        instruments.Unsubscribed(clock.GetElapsedTime(asked), isPage ? "page" : "link");
        return UnsubscribePage.Done(words, who, choice, sender);
    }

    /// <summary>One of the addresses that are taken unseen; false when the link has no more of them.</summary>
    internal static bool TakeUnknown(HourlyLimits limits, UnsubscribeReference who) => limits.TryTake("addresses of " + who.Message, MaxUnknownPerHour);

    /// <summary>One of a message's several recipients, by the address that was entered; null where it is none of them. Unknown: of a message that is forgotten it may be anybody's.</summary>
    internal static async ValueTask<(UnsubscribeReference Who, bool IsUnknown)?> RecipientAsync(ISpool spool, UnsubscribeReference who, string entered, CancellationToken cancellationToken)
    {
        if (!AddressNormalForm.TryNormalise(entered, out var wanted))
        {
            return null;
        }

        // Of a message that is forgotten nobody knows the recipients any more, and its link is still to work.
        if (await spool.FindAsync(who.Message, cancellationToken) is not { } message)
        {
            return (who with { Address = entered.Trim() }, true);
        }

        foreach (var (key, address) in message.Live.Select(live => (live.Key, live.Address)).Concat(message.History.Select(record => (record.Key, record.Address))))
        {
            if (AddressNormalForm.TryNormalise(address, out var normal) && normal == wanted)
            {
                return (who with { Recipient = key.Recipient, Address = address }, false);
            }
        }

        return null;
    }

    private static async ValueTask<IFormCollection> FormAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = MaxFormBytes;
        }

        // A client that sends no form at all still unsubscribes: its POST can mean nothing else.
        return context.Request.HasFormContentType
            ? await new FormFeature(context.Request, new() { ValueCountLimit = MaxFields, BufferBodyLengthLimit = MaxFormBytes }).ReadFormAsync(context.RequestAborted)
            : FormCollection.Empty;
    }

    private static async ValueTask<string> SenderAsync(TenantDirectory tenants, string tenant)
    {
        var spec = await tenants.FindAsync(tenant);
        var name = spec?.Profile?.Company is { Length: > 0 } company ? company : spec?.Name is { Length: > 0 } own ? own : tenant;
        return name.Length > MaxSenderName ? name[..MaxSenderName] : name;
    }

    private static UnsubscribeWords Words(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept-Language";
        return LanguageChoice.Of(context.Request.Headers.AcceptLanguage, UnsubscribeWords.All);
    }
}
