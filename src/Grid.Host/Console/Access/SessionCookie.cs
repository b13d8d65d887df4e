namespace Grid.Host.Console.Access;

/// <summary>
/// The cookie that holds a session's id. <c>__Host-</c>: over TLS only (browsers take loopback for as good), for this host, for all its
/// paths. Unreadable to scripts, and sent with requests of our own pages only.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "__Host-grid";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Write(HttpResponse response, string id) => response.Cookies.Append(Name, id, Options());

    public static void Clear(HttpResponse response) => response.Cookies.Delete(Name, Options());

    private static CookieOptions Options() => new() { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true };
}
