using System.Net;

namespace Grid.Host.Demo.Tenants;

/// <summary>Who plays: tenants, recipient domains, sending IPs.</summary>
internal static class Cast
{
    public const string Gmail = "gmail-like.example";
    public const string Yahoo = "yahoo-like.example";
    public const string Outlook = "outlook-like.example";
    public const string Small = "small-company.example";

    /// <summary>Hands over more than its limit lets out.</summary>
    public static readonly DemoTenant Throttled = new("trickle", "Trickle, held to 20/s", 40) { Subject = "Your monthly statement", MaxRate = "20/s", TransactionalOneIn = 1 };

    /// <summary>Bought a list: warned for hard bounces at about 1,500 messages, suspended for complaints soon after.</summary>
    public static readonly DemoTenant Buyer = new("bargains", "Bargains, bought a list", 90) { Subject = "YOU have been selected", OwnList = 1000, GonePerMille = 150, AngryOneIn = 250 };

    /// <summary>One complaint in 1,300: 0.08 %, above the warning at 0.05 % and below the cutoff at 0.1 %.</summary>
    public static readonly DemoTenant Almost = new("almost", "Almost, 0.08 % complain", 150) { Subject = "Only until Sunday", GonePerMille = 5, AngryOneIn = 1300 };

    public static readonly IReadOnlyList<DemoTenant> Tenants =
    [
        new("shop", "Shop, clean", 120) { Subject = "Your order is on its way", GonePerMille = 3, TransactionalOneIn = 3 },
        new("gazette", "Gazette, a newsletter", 120) { Subject = "This week", GonePerMille = 10, AngryOneIn = 6000 },
        Buyer,
        Almost,
        Throttled,
    ];

    /// <summary>Where recipients live: of twenty 8, 5, 6 and 1.</summary>
    public static readonly IReadOnlyList<string> Homes =
    [
        Gmail, Yahoo, Outlook, Gmail, Gmail, Outlook, Yahoo, Gmail, Outlook, Small,
        Gmail, Yahoo, Outlook, Gmail, Yahoo, Gmail, Outlook, Yahoo, Gmail, Outlook,
    ];

    /// <summary>Every recipient domain.</summary>
    public static readonly IReadOnlyList<string> Domains = [Gmail, Yahoo, Outlook, Small];

    public static readonly IReadOnlyList<IPAddress> SendingIps = [new([127, 0, 0, 2]), new([127, 0, 0, 3]), new([127, 0, 0, 4])];

    /// <summary>The IP that the outlook-like receiver blocks.</summary>
    public static readonly IPAddress Blocked = SendingIps[1];
}
