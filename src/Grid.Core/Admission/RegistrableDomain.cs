namespace Grid.Core.Admission;

/// <summary>The part of a host's name that someone registered, about: enough to tell whether two mail exchangers are one receiver's.</summary>
public static class RegistrableDomain
{
    // Second levels that countries' registries sell names under.
    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal)
    {
        "ac", "ad", "art", "asso", "co", "com", "edu", "firm", "gen", "go", "gob", "gouv", "gov", "gv", "id", "ind", "inf", "info", "lg", "ltd", "me", "mil", "ne", "net", "nom", "or", "org", "plc", "sch", "web",
    };

    /// <summary>"example.co.uk" for "mx1.mail.example.co.uk", "example.com" for "mx.example.com"; a name of one label, or an address, as it is.</summary>
    public static string Of(string host)
    {
        var last = host.LastIndexOf('.');
        if (last <= 0 || host.AsSpan(last + 1).ContainsAnyExceptInRange('0', '9') is false || host.Contains(':', StringComparison.Ordinal))
        {
            return host;
        }

        var second = host.LastIndexOf('.', last - 1);
        if (second < 0)
        {
            return host;
        }

        var isCountry = host.Length - last - 1 == 2;
        if (!isCountry || !Shared.Contains(host[(second + 1)..last]))
        {
            return host[(second + 1)..];
        }

        var third = host.LastIndexOf('.', second - 1);
        return third < 0 ? host : host[(third + 1)..];
    }
}
