namespace Grid.Host.Console.Parts;

/// <summary>Paths of the console's pages.</summary>
internal static class Links
{
    public static string Tenant(string id) => "/tenants/" + Uri.EscapeDataString(id);

    public static string Ip(string address) => "/ips/" + Uri.EscapeDataString(address);

    public static string Domain(string name) => "/domains/" + Uri.EscapeDataString(name);

    public static string Site(string name) => "/sites/" + Uri.EscapeDataString(name);

    public static string Policy(string name) => "/policies/" + Uri.EscapeDataString(name);

    public static string Case(string id) => "/cases/" + Uri.EscapeDataString(id);

    public static string Limits(string ip, string site) => $"/limits?ip={Uri.EscapeDataString(ip)}&site={Uri.EscapeDataString(site)}";

    public static string Decisions(string subject) => "/decisions?subject=" + Uri.EscapeDataString(subject);

    /// <summary>The page of a subject, as the ledger writes it; null for what has none.</summary>
    public static string? Subject(string subject)
    {
        var slash = subject.IndexOf('/', StringComparison.Ordinal);
        var key = slash < 0 ? "" : subject[(slash + 1)..];
        return (slash < 0 ? "" : subject[..slash]) switch
        {
            "tenant" => Tenant(key),
            "ip" => Ip(key),
            "domain" => Domain(key),
            "site" => Site(key),
            "policy" => Policy(key),
            "case" => Case(key),
            "queue" => "/queue",
            "setting" => key switch { "shaping" => "/shaping", "warm-up" => "/warm-up", "feedback" => "/feedback", "abuse-desk" => "/abuse-desk", "platform-domains" or "suppressions" => "/platform", _ => null },
            "lane" when key.Split('|') is [var ip, var site] => Limits(ip, site),
            _ => null,
        };
    }

    /// <summary>A path with query values; those that are null or empty are left out.</summary>
    public static string With(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var text = new System.Text.StringBuilder(path);
        var mark = '?';
        foreach (var (name, value) in query)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                mark = '&';
            }
        }

        return text.ToString();
    }
}
