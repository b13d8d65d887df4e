using System.Net;
using Grid.Host.Api.Access;
using Grid.Host.Console.Pages;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console.Access;

/// <summary>Signing in with the operator's, the read-only or a tenant's own key, and out again. Wrong keys are throttled as the API throttles them.</summary>
internal static class SignInPages
{
    private const string KeyField = "key";
    private const string TargetField = "to";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", Show).ExcludeFromDescription();
        routes.MapPost("/sign-in", EnterAsync).ExcludeFromDescription();
    }

    /// <summary>Only ever to a path of our own.</summary>
    public static string Local(string? target) =>
        target is { Length: > 0 and < 2000 } && target[0] == '/' && !target.StartsWith("//", StringComparison.Ordinal) && !target.Contains('\\') && !target.Any(char.IsControl) ? target : "/";

    public static IResult Leave(HttpContext http, ConsoleSessions sessions)
    {
        if (SessionCookie.Read(http.Request) is { } id)
        {
            sessions.End(id);
        }

        SessionCookie.Clear(http.Response);
        http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return Results.LocalRedirect("/sign-in");
    }

    private static IResult Show(HttpContext http, ConsoleSessions sessions)
    {
        PageHeaders.Set(http.Response);
        var target = Local(http.Request.Query[TargetField]);
        return sessions.Find(SessionCookie.Read(http.Request), isLive: true) is not null ? Results.LocalRedirect(target) : Page(http, target, null, StatusCodes.Status200OK);
    }

    private static async Task<IResult> EnterAsync(HttpContext http, Doorkeeper doorkeeper, ConsoleSessions sessions)
    {
        PageHeaders.Set(http.Response);
        if (ConsoleGate.IsForeign(http.Request) || await ConsoleGate.FormAsync(http) is not { } form)
        {
            return Page(http, "/", "That was not this page's form.", StatusCodes.Status400BadRequest);
        }

        var (key, target) = (form[KeyField].ToString().Trim(), Local(form[TargetField]));
        var verdict = await doorkeeper.AdmitAsync(key, http.Connection.RemoteIpAddress ?? IPAddress.None, http.RequestAborted);
        if (verdict.Caller is null)
        {
            return verdict.Throttled
                ? Page(http, target, "Too many wrong keys came from this address. Wait a minute, then try again.", StatusCodes.Status429TooManyRequests)
                : Page(http, target, "This key opens nothing.", StatusCodes.Status401Unauthorized);
        }

        SessionCookie.Write(http.Response, sessions.Begin(verdict.Caller));
        return Results.LocalRedirect(target);
    }

    private static PageResult Page(HttpContext http, string target, string? fault, int status)
    {
        http.RequestServices.GetRequiredService<PageContext>().Status = status;
        return PageResult.Of<SignIn>(new() { [nameof(SignIn.Target)] = target, [nameof(SignIn.Fault)] = fault, [nameof(SignIn.IsUnsafe)] = IsUnsafe(http.Request) });
    }

    /// <summary>Browsers keep the cookie over https, and on this machine; nowhere else. A hint to who asks, so that anybody's word on the scheme will do.</summary>
    private static bool IsUnsafe(HttpRequest request) =>
        !request.IsHttps && request.Headers["X-Forwarded-Proto"] != "https" && request.Host.Host is not "localhost" && !(IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
