using Grid.Core.Vocabulary;
using Grid.Host.Feedback;
using Grid.Host.Ingress;

namespace Grid.Host.Public;

/// <summary>
/// What stands behind a confirmation link. In: GET and HEAD, which change nothing, as mail scanners follow links too; POST by the button. Out: pages.
/// Guarantees: a POST is answered when the consent is on record; a repeat is answered as the first was. Fails: 404 for what is no link of
/// ours, has expired, or was replaced by a newer one.
/// </summary>
internal static class ConfirmationEndpoints
{
    private const int MaxSenderName = 100;

    public static void MapConfirmations(this IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("/c").WithTags("Public");
        links.MapGet("/" + PublicPage.StylePath, PublicPage.StyleSheet).ExcludeFromDescription();
        links.MapMethods("/{token}", ["GET", "HEAD"], Show).Produces(200, contentType: "text/html").Produces(404, contentType: "text/html");
        links.MapPost("/{token}", Confirm).Produces(200, contentType: "text/html").Produces(404, contentType: "text/html").DisableAntiforgery();
    }

    private static async Task<IResult> Show(string token, HttpContext context, ConfirmationDesk desk, TenantDirectory tenants)
    {
        if (await desk.ReadAsync(token, context.RequestAborted) is not { } asked)
        {
            return Unknown();
        }

        return asked.ConfirmedAt is not null ? await DoneAsync(asked, tenants) : new PublicPage("en", "Please confirm")
            .Element("p", $"{await SenderAsync(tenants, asked.Tenant)} wants to send {About(asked)} to {UnsubscribePage.Masked(asked.Recipient)}.")
            .Markup("<form method=\"post\">\n").Element("button", "I agree", " type=\"submit\"").Markup("</form>\n")
            .Element("p", "If you did not ask for this, close this page: nothing will be sent.", " class=\"soft\"");
    }

    private static async Task<IResult> Confirm(string token, HttpContext context, ConfirmationDesk desk, TenantDirectory tenants)
    {
        if (await desk.ReadAsync(token, context.RequestAborted) is not { } asked)
        {
            return Unknown();
        }

        // Once begun it is finished, whether or not the client still waits.
        await desk.ConfirmAsync(asked, context.Connection.RemoteIpAddress?.ToString(), CancellationToken.None);
        return await DoneAsync(asked, tenants);
    }

    private static async ValueTask<PublicPage> DoneAsync(Confirmation asked, TenantDirectory tenants) => new PublicPage("en", "You have agreed")
        .Element("p", $"{await SenderAsync(tenants, asked.Tenant)} may send {About(asked)} to {UnsubscribePage.Masked(asked.Recipient)}.")
        .Element("p", "Every such mail has a way to take this back.", " class=\"soft\"");

    private static PublicPage Unknown() => new PublicPage("en", "This link is not valid") { Status = StatusCodes.Status404NotFound }
        .Element("p", "It has expired, or a newer mail took its place, or it is not whole. Please ask again where you signed up.");

    private static string About(Confirmation asked) => asked.Topic.Length == 0 ? "mail" : $"mail about “{asked.Topic}”";

    private static async ValueTask<string> SenderAsync(TenantDirectory tenants, string tenant)
    {
        var spec = await tenants.FindAsync(tenant);
        var name = spec?.Profile?.Company is { Length: > 0 } company ? company : spec?.Name is { Length: > 0 } own ? own : tenant;
        return name.Length > MaxSenderName ? name[..MaxSenderName] : name;
    }
}
