using System.Net;
using Grid.Core.Admission;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;
using Grid.Mail.Sending;
using Grid.Mail.Tests.Dns;
using Grid.Testing;

namespace Grid.Mail.Tests.Sending;

public sealed class MxRouterTests : IShapingSource
{
    private readonly ManualClock _clock = new();
    private readonly ScriptedDns _dns = new();
    private readonly HashSet<IPAddress> _own = [];
    private readonly ScriptedPolicies _web = new();
    private bool _allowPrivate;

    public ShapingSet Current { get; set; } = new(
    [
        new() { Name = "default" },
        new() { Name = "big", Exchangers = [".big.net"] },
        new() { Name = "regional", Exchangers = [".regional.net"], SitePerHosts = true },
    ]);

    [Fact]
    public async Task FindAsync_exchangers_go_by_preference_and_share_a_site()
    {
        Zone(mx: [("a.example", 20, "mx2.host.example"), ("a.example", 10, "mx1.host.example")], hosts: [("mx1.host.example", "8.8.8.1"), ("mx2.host.example", "8.8.8.2")]);
        var route = await RouteAsync("a.example");
        Assert.Equal(["mx1.host.example", "mx2.host.example"], route.Exchangers.Select(h => h.Name));
        Assert.Equal(("host.example", "mx1.host.example,mx2.host.example", 25, TlsMode.Opportunistic), (route.Site, route.Destination, route.Port, route.Tls));
    }

    [Fact]
    public async Task FindAsync_domains_of_equal_exchangers_share_a_destination_and_of_one_provider_a_site()
    {
        Zone(
            mx: [("a.example", 5, "mx1.big.net"), ("b.example", 10, "mx1.big.net"), ("c.example", 10, "c.mail.big.net")],
            hosts: [("mx1.big.net", "8.8.8.1"), ("c.mail.big.net", "8.8.8.2")]);
        var (a, b, c) = (await RouteAsync("a.example"), await RouteAsync("b.example"), await RouteAsync("c.example"));
        Assert.Equal(("big", "mx1.big.net"), (a.Site, a.Destination));
        Assert.Same(a, b);
        Assert.Equal(("big", "c.mail.big.net"), (c.Site, c.Destination));
    }

    [Fact]
    public async Task FindAsync_provider_with_a_site_for_each_set_of_hosts_has_one()
    {
        Zone(mx: [("a.example", 5, "eu.regional.net"), ("b.example", 10, "us.regional.net")], hosts: [("eu.regional.net", "8.8.8.1"), ("us.regional.net", "8.8.8.2")]);
        Assert.Equal("regional:eu.regional.net", (await RouteAsync("a.example")).Site);
        Assert.Equal("regional:us.regional.net", (await RouteAsync("b.example")).Site);
        Assert.Equal("regional", Current.ForSite("regional:us.regional.net").Name);
    }

    [Fact]
    public async Task FindAsync_domain_without_exchanger_is_its_own_host()
    {
        Zone(mx: [], hosts: [("a.example", "8.8.8.1")]);
        var route = await RouteAsync("a.example");
        Assert.Equal(["a.example"], route.Exchangers.Select(h => h.Name));
    }

    [Fact]
    public async Task FindAsync_null_mx_refuses_for_good()
    {
        Zone(mx: [("a.example", 0, "")], hosts: [("a.example", "8.8.8.1")]);
        await FailsAsync("a.example", 556, "5.1.10", ReplyReason.BadDomain, hard: true);
    }

    [Fact]
    public async Task FindAsync_domain_that_does_not_exist_refuses_for_good()
    {
        Zone(mx: [], hosts: []);
        await FailsAsync("a.example", 550, "5.1.2", ReplyReason.BadDomain, hard: true);
    }

    [Fact]
    public async Task FindAsync_servers_that_fail_put_off()
    {
        _dns.Answering = (_, q, _) => ScriptedDns.Refusal(q, 2);
        await FailsAsync("a.example", 451, "4.4.3", ReplyReason.Network, hard: false);
    }

    [Fact]
    public async Task FindAsync_exchangers_whose_addresses_nobody_can_say_put_off()
    {
        Zone(mx: [("a.example", 10, "mx1.host.example")], hosts: []);
        var zone = _dns.Answering;
        _dns.Answering = (s, q, t) => q.Type == DnsType.Mx ? zone(s, q, t) : ScriptedDns.Refusal(q, 2);
        await FailsAsync("a.example", 451, "4.4.3", ReplyReason.Network, hard: false);
    }

    [Fact]
    public async Task FindAsync_exchangers_without_any_address_refuse_for_good()
    {
        Zone(mx: [("a.example", 10, "mx1.host.example"), ("a.example", 20, "mx2.host.example")], hosts: []);
        await FailsAsync("a.example", 550, "5.4.4", ReplyReason.BadDomain, hard: true);
    }

    [Fact]
    public async Task FindAsync_exchanger_without_address_is_left_out()
    {
        Zone(mx: [("a.example", 10, "mx1.host.example"), ("a.example", 20, "mx2.host.example")], hosts: [("mx2.host.example", "8.8.8.2")]);
        Assert.Equal("mx2.host.example", (await RouteAsync("a.example")).Host);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("::1")]
    [InlineData("169.254.169.254")]
    public async Task FindAsync_exchanger_at_a_private_address_is_refused_unless_allowed(string address)
    {
        Zone(mx: [("a.example", 10, "mx1.host.example")], hosts: [("mx1.host.example", address)]);
        var failure = await FailsAsync("a.example", 550, "5.4.4", ReplyReason.BadDomain, hard: true);
        Assert.Contains(address, failure.Text, StringComparison.Ordinal);
        _allowPrivate = true;
        Assert.Equal("mx1.host.example", (await RouteAsync("a.example")).Host);
    }

    [Theory]
    [InlineData("8.8.8.1")]
    [InlineData("8.8.8.2")]
    [InlineData("8.8.8.3")]
    public async Task FindAsync_this_host_among_the_exchangers_ends_the_list(string own)
    {
        Zone(
            mx: [("a.example", 10, "mx1.host.example"), ("a.example", 20, "mx2.host.example"), ("a.example", 20, "mx3.host.example")],
            hosts: [("mx1.host.example", "8.8.8.1"), ("mx2.host.example", "8.8.8.2"), ("mx3.host.example", "8.8.8.3")]);
        _own.Add(IPAddress.Parse(own));
        if (own == "8.8.8.1")
        {
            await FailsAsync("a.example", 550, "5.4.6", ReplyReason.Protocol, hard: false);
        }
        else
        {
            Assert.Equal(["mx1.host.example"], (await RouteAsync("a.example")).Exchangers.Select(h => h.Name));
        }
    }

    [Fact]
    public async Task FindAsync_exchanger_of_this_hosts_name_is_this_host()
    {
        Zone(mx: [("a.example", 10, "grid.example")], hosts: [("grid.example", "8.8.8.1")]);
        await FailsAsync("a.example", 550, "5.4.6", ReplyReason.Protocol, hard: false);
    }

    [Fact]
    public async Task FindAsync_exchangers_that_are_no_host_names_are_passed_over()
    {
        Zone(mx: [("a.example", 1, "8.8.8.8"), ("a.example", 2, "-x.example"), ("a.example", 3, ""), ("a.example", 9, "mx.host.example"), ("b.example", 1, "8.8.8.8")], hosts: [("mx.host.example", "8.8.8.1")]);
        Assert.Equal(["mx.host.example"], (await RouteAsync("a.example")).Exchangers.Select(h => h.Name));
        await FailsAsync("b.example", 550, "5.4.4", ReplyReason.BadDomain, hard: true);
    }

    [Fact]
    public async Task FindAsync_looks_at_ten_hosts_and_names_many_by_their_hash()
    {
        var long60 = new string('x', 55);
        Zone(mx: [.. Enumerable.Range(10, 20).Select(i => ("a.example", i, $"{long60}{i}.host.example"))], hosts: [.. Enumerable.Range(10, 20).Select(i => ($"{long60}{i}.host.example", "8.8.8.1"))]);
        var route = await RouteAsync("a.example");
        Assert.Equal(MxRouter.MostHosts, route.Exchangers.Count);
        Assert.True(route.Destination.Length < 120, route.Destination);
    }

    [Fact]
    public async Task FindAsync_answer_is_kept_while_dns_allows()
    {
        Zone(mx: [("a.example", 10, "mx1.host.example")], hosts: [("mx1.host.example", "8.8.8.1")]);
        var router = Router();
        await router.FindAsync("a.example");
        var asked = _dns.Asked.Count;
        _clock.Advance(TimeSpan.FromSeconds(59.9));
        Assert.True(router.FindAsync("a.example").IsCompletedSuccessfully);
        Assert.Equal(asked, _dns.Asked.Count);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await router.FindAsync("a.example");
        Assert.True(_dns.Asked.Count > asked);
    }

    [Fact]
    public async Task FindAsync_domain_that_enforces_sts_gets_its_mail_at_the_hosts_it_names_over_verified_tls()
    {
        Zone(
            mx: [("a.example", 10, "mx1.host.example"), ("a.example", 20, "mx.evil.example"), ("b.example", 10, "mx1.host.example")],
            hosts: [("mx1.host.example", "8.8.8.1"), ("mx.evil.example", "8.8.8.2")], texts: [("_mta-sts.a.example", "v=STSv1; id=1;")]);
        _web.Texts["a.example"] = "version: STSv1\nmode: enforce\nmx: *.host.example\nmax_age: 86400\n";
        var (a, b) = (await RouteAsync("a.example"), await RouteAsync("b.example"));
        Assert.Equal((TlsMode.Verified, "mx1.host.example;verified", "host.example"), (a.Tls, a.Destination, a.Site));
        Assert.Equal(["mx1.host.example"], a.Exchangers.Select(h => h.Name));
        Assert.Equal((TlsMode.Opportunistic, "mx1.host.example"), (b.Tls, b.Destination));
    }

    [Fact]
    public async Task FindAsync_domain_that_enforces_sts_and_has_other_hosts_only_is_put_off()
    {
        Zone(mx: [("a.example", 10, "mx.evil.example")], hosts: [("mx.evil.example", "8.8.8.2")], texts: [("_mta-sts.a.example", "v=STSv1; id=1;")]);
        _web.Texts["a.example"] = "version: STSv1\nmode: enforce\nmx: *.host.example\nmax_age: 86400\n";
        await FailsAsync("a.example", 451, "4.7.5", ReplyReason.Protocol, hard: false);
        _web.Texts["b.example"] = "version: STSv1\nmode: testing\nmx: *.host.example\nmax_age: 86400\n";
        Zone(mx: [("b.example", 10, "mx.evil.example")], hosts: [("mx.evil.example", "8.8.8.2")], texts: [("_mta-sts.b.example", "v=STSv1; id=1;")]);
        Assert.Equal(TlsMode.Opportunistic, (await RouteAsync("b.example")).Tls);
    }

    [Fact]
    public async Task FindAsync_profiles_that_are_pushed_hold_at_once()
    {
        Zone(mx: [("a.example", 10, "mx1.host.example")], hosts: [("mx1.host.example", "8.8.8.1")]);
        Assert.Equal("host.example", (await RouteAsync("a.example")).Site);
        Current = new([new() { Name = "pushed", Exchangers = [".host.example"] }]);
        Assert.Equal("pushed", (await RouteAsync("a.example")).Site);
    }

    private MxRouter Router() =>
        Router(new DnsResolver(new() { Servers = [ScriptedDns.First] }, _clock, _dns));

    private MxRouter Router(DnsResolver resolver) =>
        new(resolver, new() { OwnName = "grid.example", AllowPrivate = _allowPrivate, IsOwn = _own.Contains }, new MtaSts(resolver, _clock, _web), this, _clock);

    private async Task<SiteRoute> RouteAsync(string domain)
    {
        var answer = await Shared.Value.FindAsync(domain);
        Assert.True(answer.Route is not null, answer.Failure?.ToString());
        return answer.Route;
    }

    private async Task<SmtpReply> FailsAsync(string domain, int code, string status, ReplyReason reason, bool hard)
    {
        var answer = await Router().FindAsync(domain);
        Assert.Null(answer.Route);
        Assert.Equal((code, status), (answer.Failure!.Code, answer.Failure.Enhanced));
        var read = ReplyClassifier.Classify(answer.Failure.Code, answer.Failure.Enhanced, "");
        Assert.Equal((reason, hard), (read.Reason, read.Hard));
        return answer.Failure;
    }

    private Lazy<MxRouter> Shared => _made ??= new(Router);

    private Lazy<MxRouter>? _made;

    private void Zone(IReadOnlyList<(string Domain, int Preference, string Host)> mx, IReadOnlyList<(string Name, string Address)> hosts, IReadOnlyList<(string Name, string Text)>? texts = null)
    {
        var zone = new Dictionary<(string, DnsType), Func<DnsBytes, DnsBytes>>();
        var counts = new Dictionary<(string, DnsType), int>();
        foreach (var domain in mx.GroupBy(m => m.Domain))
        {
            zone[(domain.Key, DnsType.Mx)] = bytes => domain.Aggregate(bytes, (b, m) => b.Mx(m.Domain, m.Preference, m.Host, 60));
            counts[(domain.Key, DnsType.Mx)] = domain.Count();
        }

        foreach (var (name, address) in hosts)
        {
            zone[(name, address.Contains(':', StringComparison.Ordinal) ? DnsType.Aaaa : DnsType.A)] = bytes => bytes.Address(name, address, 60);
        }

        foreach (var (name, text) in texts ?? [])
        {
            zone[(name, DnsType.Txt)] = bytes => bytes.Text(name, text);
        }

        _dns.Zone(zone, counts);
    }
}
