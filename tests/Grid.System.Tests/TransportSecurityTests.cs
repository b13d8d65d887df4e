using System.Globalization;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>
/// TLS towards real receivers, Postfix and Haraka, with certificates good and bad, under MTA-STS (RFC 8461) and DANE (RFC 7672) with real
/// DNSSEC: each case ends as the RFC demands, and nothing arrives that should not have been sent.
/// </summary>
[Collection(LoadCollection.Name)]
public sealed class TransportSecurityTests
{
    private const string Web = "127.0.1.60";
    private const string None = "127.0.1.1", Valid = "127.0.1.2", Expired = "127.0.1.3", Wrong = "127.0.1.4";
    private const string HarakaNone = "127.0.2.1", HarakaValid = "127.0.2.2", HarakaWrong = "127.0.2.4";

    /// <summary>A case: a domain with one mail host.</summary>
    /// <param name="State">delivered or deferred.</param>
    /// <param name="By">Delivered: who vouches for the certificate, "" nobody, null no TLS at all. Deferred: words of the reason.</param>
    private sealed record Case(string Name, string Address, string State, string? By, string? Sts = null, string[]? Tlsa = null)
    {
        /// <summary>In the zone that is not signed.</summary>
        public bool IsOpen { get; init; }

        public string Domain => Name.Contains('.', StringComparison.Ordinal) ? Name : $"{Name}.{(IsOpen ? "open" : "test")}";
    }

    [Fact]
    public async Task Mail_goes_as_securely_as_its_domain_demands_or_not_at_all()
    {
        using var authority = new MadeAuthority();
        var (valid, expired, wrong) = (authority.Make("*.mx.test"), authority.Make("*.mx.test", isExpired: true), authority.Make("other.example"));
        await using var postfix = await PostfixServer.StartAsync(new Dictionary<string, string?> { [None] = null, [Valid] = valid.BothFile, [Expired] = expired.BothFile, [Wrong] = wrong.BothFile });
        await using var harakaNone = await HarakaServer.StartAsync(HarakaNone, postfix.Port, null);
        await using var harakaValid = await HarakaServer.StartAsync(HarakaValid, postfix.Port, valid);
        await using var harakaWrong = await HarakaServer.StartAsync(HarakaWrong, postfix.Port, wrong);
        HarakaServer[] harakas = [harakaNone, harakaValid, harakaWrong];
        var cases = Cases(valid, expired, wrong, authority);
        await using var web = new PolicyWeb(Web, authority.Make("mta-sts.test", others: cases.Select(c => "mta-sts." + c.Domain)), cases.Where(c => c.Sts is not null).ToDictionary(
            c => "mta-sts." + c.Domain, c => $"version: STSv1\nmode: {c.Sts!.Split(' ')[0]}\nmx: {(c.Sts.Contains(' ', StringComparison.Ordinal) ? c.Sts.Split(' ')[1] : "*.mx.test")}\nmax_age: 86400\n"));
        await using var dns = await DnsServers.StartSignedAsync(
            [.. cases.Where(c => !c.IsOpen).SelectMany(c => Records(c, postfix.Port)), .. Special(postfix.Port, wrong)], [.. cases.Where(c => c.IsOpen).SelectMany(c => Records(c, postfix.Port))], "_tcp.lost.mx");
        await using var grid = await GridProcess.StartAsync(new GridSetup()
            .With("Grid__Dns__Servers", dns.Resolver).With("Grid__Dns__Validating", "true").With("Grid__Dns__AllowPrivate", "true").With("Grid__HostName", "grid.test")
            .With("Grid__Dns__MxPort", postfix.Port.ToString(CultureInfo.InvariantCulture)).With("SSL_CERT_FILE", authority.RootFile));
        var key = await grid.Api.TenantAsync("acme");
        var ids = await grid.Api.SendAsync(key, cases.Select(c => GridApi.Message("acme", "someone@" + c.Domain, c.Name)));

        var faults = new List<string>();
        foreach (var (id, c) in ids.Zip(cases))
        {
            var message = await Eventually.BecomesAsync(() => grid.Api.GetAsync($"/v1/messages/{id}", key), answer => answer.TextAt("state") != "queued", 60, $"{c.Domain} tried");
            var (enhanced, words) = (message.TextAt("recipients.0.lastReply.enhanced"), message.TextAt("recipients.0.lastReply.text"));
            var events = message.At("recipients.0.events").EnumerateArray().Last();
            var tls = events.TryGetProperty("tls", out var facts) ? facts.TryGetProperty("verifiedBy", out var by) ? by.GetString() : "" : null;
            var isRight = message.TextAt("state") == c.State && (c.State == "delivered" ? tls == c.By && (tls is null || facts.GetProperty("version").GetString()!.StartsWith("TLSv1.", StringComparison.Ordinal) && facts.GetProperty("sha256").GetString()!.Length == 64)
                : enhanced == (c.By!.StartsWith("name service", StringComparison.Ordinal) ? "4.4.3" : "4.7.5") && words.Contains(c.By, StringComparison.Ordinal));
            TestContext.Current.TestOutputHelper?.WriteLine($"{(isRight ? "" : "WRONG ")}{c.Domain}: {c.State} {tls ?? "plaintext"} {enhanced} {words}");
            if (!isRight)
            {
                faults.Add(c.Domain + " " + message);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        var delivered = cases.Where(c => c.State == "delivered").Select(c => "someone@" + c.Domain).Order(StringComparer.Ordinal).ToList();
        await Eventually.BecomesAsync(() => postfix.Count() + harakas.Sum(h => h.Taken().Count), count => count >= delivered.Count, 30, "the mailboxes");
        await LeniencyAsync(grid, key, cases);
        delivered.AddRange(cases.Where(c => c.State == "deferred" && c.Address.Length > 0).Select(c => "lenient@" + c.Domain));
        await Eventually.BecomesAsync(() => postfix.Count() + harakas.Sum(h => h.Taken().Count), count => count >= delivered.Count, 30, "the mailboxes with what needs no TLS");
        Assert.Equal(delivered.Order(StringComparer.Ordinal), postfix.Read().Select(m => m.Key).Concat(harakas.SelectMany(h => h.Taken().Select(t => t.Key))).Order(StringComparer.Ordinal));
    }

    /// <summary>What the domains demand holds up no mail that asks for that (RFC 8689, 5).</summary>
    private static async Task LeniencyAsync(GridProcess grid, string key, IReadOnlyList<Case> cases)
    {
        foreach (var c in cases.Where(c => c.State == "deferred" && c.Address.Length > 0))
        {
            var headers = new Dictionary<string, string> { ["TLS-Required"] = "No" };
            var answer = await grid.Api.PostAsync("/v1/messages", new { from = "News <news@acme.example>", to = new[] { "lenient@" + c.Domain }, subject = c.Name, text = "Hello\n", stream = "transactional", headers }, key);
            Assert.True(answer.Status == 202, answer.ToString());
            var message = await grid.MessageBecomesAsync(answer.TextAt("id"), key, "delivered", 60);
            TestContext.Current.TestOutputHelper?.WriteLine($"{c.Domain}: {message.TextAt("state")}, as TLS isn't required");
        }
    }

    private static List<Case> Cases(MadeAuthority.Served valid, MadeAuthority.Served expired, MadeAuthority.Served wrong, MadeAuthority authority)
    {
        string Ee(MadeAuthority.Served served) => "3 1 1 " + served.KeyHash;
        var anchor = "2 0 1 " + authority.RootHash;
        var stranger = "3 1 1 " + new string('0', 64);
        var unusable = "1 1 1 " + valid.KeyHash;
        const string Dane = "DANE: the certificate", NoTls = "does not offer STARTTLS", Sts = "is not valid for it";
        return
        [
            // Nothing asked: TLS where it is offered, with whatever certificate.
            new("plain", None, "delivered", null), new("opp-valid", Valid, "delivered", "pkix"), new("opp-expired", Expired, "delivered", ""), new("opp-wrong", Wrong, "delivered", ""),
            new("h-plain", HarakaNone, "delivered", null), new("h-opp-valid", HarakaValid, "delivered", "pkix"), new("h-opp-wrong", HarakaWrong, "delivered", ""),

            // MTA-STS: a certificate that public authorities vouch for, at a host that the policy names; else nothing. Testing enforces nothing.
            new("sts-valid", Valid, "delivered", "pkix", "enforce"), new("sts-expired", Expired, "deferred", Sts, "enforce"), new("sts-wrong", Wrong, "deferred", Sts, "enforce"),
            new("sts-none", None, "deferred", NoTls, "enforce"), new("sts-host", Valid, "deferred", "MTA-STS policy names", "enforce elsewhere.test"), new("sts-testing", Wrong, "delivered", "", "testing"),
            new("h-sts-valid", HarakaValid, "delivered", "pkix", "enforce"), new("h-sts-wrong", HarakaWrong, "deferred", Sts, "enforce"), new("h-sts-none", HarakaNone, "deferred", NoTls, "enforce"),

            // DANE-EE: the key counts, neither name nor dates.
            new("ee-valid", Valid, "delivered", "dane-ee", null, [Ee(valid)]), new("ee-expired", Expired, "delivered", "dane-ee", null, [Ee(expired)]), new("ee-wrong", Wrong, "delivered", "dane-ee", null, [Ee(wrong)]),
            new("ee-rollover", Valid, "delivered", "dane-ee", null, [stranger, Ee(valid)]), new("ee-stranger", Valid, "deferred", Dane, null, [stranger]), new("ee-none", None, "deferred", NoTls, null, [stranger]),
            new("h-ee-wrong", HarakaWrong, "delivered", "dane-ee", null, [Ee(wrong)]), new("h-ee-stranger", HarakaValid, "deferred", Dane, null, [stranger]), new("h-ee-none", HarakaNone, "deferred", NoTls, null, [Ee(valid)]),

            // DANE-TA: the chain to the anchor, with name and dates.
            new("ta-valid", Valid, "delivered", "dane-ta", null, [anchor]), new("ta-expired", Expired, "deferred", Dane, null, [anchor]), new("ta-wrong", Wrong, "deferred", Dane, null, [anchor]),
            new("h-ta-valid", HarakaValid, "delivered", "dane-ta", null, [anchor]), new("h-ta-wrong", HarakaWrong, "deferred", Dane, null, [anchor]),

            // Records of other usages ask for TLS and judge nothing.
            new("unusable", Wrong, "delivered", "", null, [unusable]), new("unusable-none", None, "deferred", NoTls, null, [unusable]),

            // Both: DANE decides.
            new("both-dane", Wrong, "delivered", "dane-ee", "enforce", [Ee(wrong)]), new("both-sts", Valid, "deferred", Dane, "enforce", [stranger]),
            new("both-host", Valid, "delivered", "dane-ee", "enforce elsewhere.test", [Ee(valid)]),

            // What isn't signed binds nobody; what can't be looked up, or is signed wrongly, keeps mail away.
            new("ee-stranger", Valid, "delivered", "", null, [stranger]) { IsOpen = true }, new("lost", Valid, "deferred", "look-up of TLSA records"), new("alias", Wrong, "delivered", "dane-ee"),
            new("second", Wrong, "delivered", "dane-ee"), new("mail.bogus", "", "deferred", "name service error"),
        ];
    }

    private static IEnumerable<string> Records(Case c, int port)
    {
        if (c.Name is "alias" or "second" or "mail.bogus")
        {
            yield break;
        }

        yield return $"{c.Name} MX 10 {c.Name}.mx";
        yield return $"{c.Name}.mx A {c.Address}";
        foreach (var tlsa in c.Tlsa ?? [])
        {
            yield return $"_{port}._tcp.{c.Name}.mx TLSA {tlsa}";
        }

        if (c.Sts is not null)
        {
            yield return $"_mta-sts.{c.Name} TXT \"v=STSv1; id=1;\"";
            yield return $"mta-sts.{c.Name} A {Web}";
        }
    }

    /// <summary>An exchanger that is an alias, whose records stand under its real name; and one that fails DANE before one that doesn't.</summary>
    private static string[] Special(int port, MadeAuthority.Served wrong) =>
    [
        "alias MX 10 alias.mx", "alias.mx CNAME real.mx", $"real.mx A {Wrong}", $"_{port}._tcp.real.mx TLSA 3 1 1 {wrong.KeyHash}",
        "second MX 10 second-a.mx", $"second-a.mx A {Valid}", $"_{port}._tcp.second-a.mx TLSA 3 1 1 {new string('0', 64)}",
        "second MX 20 second-b.mx", $"second-b.mx A {Wrong}", $"_{port}._tcp.second-b.mx TLSA 3 1 1 {wrong.KeyHash}",
    ];
}
