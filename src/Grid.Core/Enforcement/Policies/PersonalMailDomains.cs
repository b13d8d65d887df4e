using System.Collections.Frozen;

namespace Grid.Core.Enforcement.Policies;

/// <summary>Domains under which mailbox providers give addresses to anybody, so that mail there reaches a person and no company.</summary>
public static class PersonalMailDomains
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "aim.com", "aol.com", "aol.de", "bigpond.com", "bluewin.ch", "bol.com.br", "btinternet.com", "comcast.net", "cox.net", "docomo.ne.jp",
        "earthlink.net", "email.com", "email.it", "fastmail.com", "fastmail.fm", "free.fr", "freenet.de", "gmail.com", "googlemail.com",
        "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "hey.com", "home.nl", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.es",
        "hotmail.fr", "hotmail.it", "hushmail.com", "icloud.com", "inbox.lt", "inbox.lv", "inbox.ru", "interia.pl", "kpnmail.nl", "laposte.net",
        "libero.it", "list.ru", "live.co.uk", "live.com", "live.fr", "live.nl", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com",
        "o2.pl", "online.de", "onet.pl", "optonline.net", "orange.fr", "outlook.com", "outlook.de", "outlook.es", "outlook.fr", "pm.me", "proton.me",
        "protonmail.com", "qq.com", "rambler.ru", "rediffmail.com", "rocketmail.com", "sbcglobal.net", "seznam.cz", "sfr.fr", "shaw.ca", "sina.com",
        "sky.com", "sympatico.ca", "t-online.de", "talktalk.net", "terra.com.br", "tiscali.it", "tuta.com", "tutanota.com", "ukr.net", "uol.com.br",
        "verizon.net", "virgilio.it", "virginmedia.com", "wanadoo.fr", "web.de", "wp.pl", "xs4all.nl", "yahoo.ca", "yahoo.co.jp", "yahoo.co.uk",
        "yahoo.com", "yahoo.com.br", "yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.it", "yandex.com", "yandex.ru", "ymail.com", "ziggo.nl", "zoho.com",
        "126.com", "163.com",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Providers that have a domain in each country.
    private static readonly string[] Families = ["yahoo.", "hotmail.", "outlook.", "live.", "gmx."];

    /// <summary>Whether a domain, lower case ASCII, is one of them.</summary>
    public static bool Has(string domain) => Names.Contains(domain) || Families.Any(family => IsNational(domain, family));

    // "yahoo.se" and "yahoo.com.mx", but not "live.example.com".
    private static bool IsNational(string domain, string family) =>
        domain.StartsWith(family, StringComparison.Ordinal)
        && domain[family.Length..].Split('.') is [{ Length: 2 }] or ["co" or "com", { Length: 2 }];
}
