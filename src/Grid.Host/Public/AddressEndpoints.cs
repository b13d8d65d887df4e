using Grid.Core.Enforcement.Vetting;
using Grid.Host.Enforcement;

namespace Grid.Host.Public;

/// <summary>
/// What stands behind a link that confirms an address.
/// In: GET and HEAD, which change nothing, whoever follows the link; POST from the page. Out: pages.
/// Guarantees: a POST is answered when the confirmation is durable; a repeat changes nothing.
/// Fails: 404 for what is no token, or too old; 409 for a tenant that was rejected.
/// </summary>
internal static class AddressEndpoints
{
    public static void MapAddresses(this IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("/address").WithTags("Public");
        links.MapGet("/" + PublicPage.StylePath, PublicPage.StyleSheet).ExcludeFromDescription();
        links.MapMethods("/{token}", ["GET", "HEAD"], Show).Produces(200, contentType: "text/html").Produces(404, contentType: "text/html");
        links.MapPost("/{token}", Confirm).Produces(200, contentType: "text/html").Produces(404, contentType: "text/html").DisableAntiforgery();
    }

    private static IResult Show(string token, AddressTokens tokens) => tokens.TryRead(token, out var tenant, out var address, out _)
        ? new PublicPage("en", "Confirm your address")
            .Element("p", $"{tenant} names {address} as an address where they read mail. Is that so?")
            .Markup("<form method=\"post\">").Element("button", "Yes, confirm it", " type=\"submit\"").Markup("</form>\n")
        : Unknown();

    private static async Task<IResult> Confirm(string token, AddressTokens tokens, VettingDesk desk, TimeProvider clock)
    {
        if (!tokens.TryRead(token, out var tenant, out var address, out var askedAt))
        {
            return Unknown();
        }

        // Once begun it is finished, whether or not the client still waits.
        var answer = await desk.NoteAsync(
            tenant, new("vetting-address", "reader", $"{address} was confirmed by its reader") { Address = new(address, askedAt, clock.GetUtcNow()) }, CancellationToken.None);
        return answer switch
        {
            { View: null } => Unknown(),
            { Refused: { } words } => new PublicPage("en", "It can't be confirmed") { Status = StatusCodes.Status409Conflict }.Element("p", words),
            _ => new PublicPage("en", "Thank you").Element("p", $"{address} is confirmed."),
        };
    }

    private static PublicPage Unknown() =>
        new PublicPage("en", "This link doesn't work") { Status = StatusCodes.Status404NotFound }.Element("p", "It is too old, or was not copied whole. Ask for another mail.");
}
