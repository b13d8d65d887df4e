using Grid.Core.Ports;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console.Access;

/// <summary>
/// Stands before every page. In: a request with or without a session's cookie. Out: the page, with its session in <see cref="PageContext"/>;
/// else the way to sign in (401 without a word for what a page fetches by itself). A POST is taken from our own pages only: the browser
/// must not call it cross-site, and the form must carry the session's token. Whoever only reads cannot post. A tenant gets to its own pages
/// only, and no further than its key is good.
/// </summary>
internal sealed class ConsoleGate(ConsoleSessions sessions, IKeyRing keys) : IEndpointFilter
{
    /// <summary>Header of requests that a page makes to stay live.</summary>
    public const string LiveHeader = "Grid-Live";

    /// <summary>Largest form, in bytes: a policy of 1 MiB and a little.</summary>
    public const int MaxFormBytes = 3 << 20;

    private const int MaxFields = 200;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        PageHeaders.Set(http.Response);
        var isLive = http.Request.Headers.ContainsKey(LiveHeader);
        if (sessions.Find(SessionCookie.Read(http.Request), isLive) is not { } session || !await IsGoodAsync(session, http.RequestAborted))
        {
            return isLive ? Results.StatusCode(StatusCodes.Status401Unauthorized) : Results.LocalRedirect("/sign-in?to=" + Uri.EscapeDataString(Target(http.Request)));
        }

        var page = http.RequestServices.GetRequiredService<PageContext>();
        (page.Session, page.IsLive) = (session, isLive);
        var forTenants = http.GetEndpoint()?.Metadata.GetMetadata<TenantPage>();
        if (session.IsTenant ? forTenants is null : forTenants is { Only: true })
        {
            return Results.LocalRedirect(session.IsTenant ? OwnPages.Home : "/");
        }

        if (HttpMethods.IsPost(http.Request.Method))
        {
            if (IsForeign(http.Request) || await FormAsync(http) is not { } form || !session.Owns(form[PageContext.TokenField]))
            {
                page.Status = StatusCodes.Status403Forbidden;
                return PageResult.Failure("The form is not one of this session's", "Nothing was done. Open the page anew and try again.");
            }

            if (!session.MayAct && forTenants is null && http.GetEndpoint()?.Metadata.GetMetadata<ReadersMayPost>() is null)
            {
                page.Status = StatusCodes.Status403Forbidden;
                return PageResult.Failure("This sign-in only reads", "Nothing was done. Sign in with the operator's key to act.");
            }
        }

        return await next(context);
    }

    /// <summary>Another site's page made the browser send it.</summary>
    public static bool IsForeign(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none");

    /// <summary>The form's fields, within bounds; null for what is no form.</summary>
    public static async ValueTask<IFormCollection?> FormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength is null or > MaxFormBytes)
        {
            return null;
        }

        var bounds = new Microsoft.AspNetCore.Http.Features.FormOptions { ValueCountLimit = MaxFields, ValueLengthLimit = MaxFormBytes, KeyLengthLimit = 200, MultipartBodyLengthLimit = MaxFormBytes };
        try
        {
            http.Features.Set<Microsoft.AspNetCore.Http.Features.IFormFeature>(new Microsoft.AspNetCore.Http.Features.FormFeature(http.Request, bounds));
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>A tenant's session ends with its key.</summary>
    private async ValueTask<bool> IsGoodAsync(ConsoleSession session, CancellationToken cancellationToken) =>
        !session.IsTenant || await keys.FindAsync(session.Caller.KeyId, cancellationToken) is not null;

    private static string Target(HttpRequest request) => HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : "/";
}
