using Grid.Core.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Admission;

public sealed class ShapingSetTests
{
    private static readonly ShapingSet Set = new(
    [
        new() { Name = "default" },
        new() { Name = "gmail", Exchangers = ["gmail-smtp-in.l.google.com", ".gmail-smtp-in.l.google.com"], Domains = ["gmail.com"] },
        new() { Name = "google", Exchangers = [".google.com"] },
        new() { Name = "regional", Exchangers = [".regional.net"], SitePerHosts = true },
        new() { Name = "lab", Sites = ["127.0.0.1:2526"] },
    ]);

    [Theory]
    [InlineData("gmail.com", "anything.example", "gmail", "gmail")]
    [InlineData("a.example", "gmail-smtp-in.l.google.com", "gmail", "gmail")]
    [InlineData("a.example", "alt1.gmail-smtp-in.l.google.com", "gmail", "gmail")]
    [InlineData("a.example", "aspmx.l.google.com", "google", "google")]
    [InlineData("a.example", "google.com", "google.com", "default")]
    [InlineData("a.example", "notgoogle.com", "notgoogle.com", "default")]
    [InlineData("a.example", "eu.regional.net", "regional:eu.regional.net", "regional")]
    [InlineData("a.example", "mx1.mail.example.co.uk", "example.co.uk", "default")]
    public void SiteOf_goes_by_domain_then_exchanger_then_registrable_domain(string domain, string host, string site, string profile)
    {
        Assert.Equal(site, Set.SiteOf(domain, [new(10, host)]));
        Assert.Equal(profile, Set.ForSite(site).Name);
    }

    [Fact]
    public void SiteOf_backup_does_not_decide()
    {
        Assert.Equal("host.example", Set.SiteOf("a.example", [new(10, "mx.host.example"), new(20, "aspmx.l.google.com")]));
        Assert.Equal("google", Set.SiteOf("a.example", [new(10, "mx.host.example"), new(10, "aspmx.l.google.com")]));
        Assert.Equal("aa.example", Set.SiteOf("a.example", [new(10, "mx.bb.example"), new(10, "mx.aa.example")]));
    }

    [Theory]
    [InlineData("127.0.0.1:2526", "lab")]
    [InlineData("127.0.0.1:25", "none")]
    [InlineData("smtp.google.com:25", "google")]
    [InlineData("smarthost.example:587", "none")]
    [InlineData("smarthost.example", "default")]
    public void ForSite_of_a_configured_route_has_only_what_was_meant_for_it(string site, string profile) => Assert.Equal(profile, Set.ForSite(site).Name);

    [Theory]
    [InlineData("mx.example.com", "example.com")]
    [InlineData("example.com", "example.com")]
    [InlineData("localhost", "localhost")]
    [InlineData("a.b.c.example.com.au", "example.com.au")]
    [InlineData("mx.co.uk", "mx.co.uk")]
    [InlineData("co.uk", "co.uk")]
    [InlineData("mx1.t.co", "t.co")]
    [InlineData("mx.example.de", "example.de")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    public void RegistrableDomain_is_what_someone_registered(string host, string domain) => Assert.Equal(domain, RegistrableDomain.Of(host));

    [Fact]
    public void Match_is_the_first_rule_whose_every_condition_holds()
    {
        ShapingRule Rule(string id) => new() { Id = id, Action = ShapingAction.Suspend, For = TimeSpan.FromMinutes(1) };
        var profile = new ShapingProfile
        {
            Name = "p",
            Rules =
            [
                Rule("both") with { Codes = [421], Phrases = ["too much", "too many"] },
                Rule("status") with { Statuses = ["4.7.28"] },
                Rule("reason") with { Reasons = [ReplyReason.Listed] },
            ],
        };
        Assert.Equal("both", profile.Match(new(421, "4.7.28", "Too\r\n MANY things"))?.Id);
        Assert.Equal("status", profile.Match(new(450, "4.7.28", "too many things"))?.Id);
        Assert.Equal("status", profile.Match(new(450, "", "4.7.28 things"))?.Id);
        Assert.Equal("reason", profile.Match(new(550, "5.7.1", "blocked using zen.spamhaus.org"))?.Id);
        Assert.Null(profile.Match(new(421, "4.7.0", "<too.many@example.com> is busy")));
        Assert.Null(profile.Match(new(250, "2.0.0", "too many")));
    }
}
