using System.Globalization;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>The way by DNS, with real servers: each case ends as the RFC demands.</summary>
public sealed class DnsTests
{
    private static readonly string[] Zone =
    [
        "plain MX 10 mx.plain", "mx.plain A 127.0.0.1",
        "fallback A 127.0.0.1",
        "alias CNAME plain",
        "aliasmx MX 10 alias-host", "alias-host CNAME mx.plain",
        "null MX 0 .",
        "deadfirst MX 10 dead", "deadfirst MX 20 mx.plain", "dead A 127.0.0.9",
        "refusing MX 10 refuser", "refusing MX 20 mx.plain", "refuser A 127.0.0.3",
        "preferred MX 20 mx.plain", "preferred MX 10 other", "other A 127.0.0.2",
        "loop MX 10 grid.test.", "grid A 127.0.0.1",
        "behind MX 10 mx.plain", "behind MX 20 grid.test.",
        "nohost MX 10 nowhere",
        "text TXT \"no host at all\"",
        .. Enumerable.Range(10, 60).Select(i => $"many MX {i} a-rather-long-name-of-a-host-number-{i}.with-many-labels.many"),
        .. Enumerable.Range(10, 60).Select(i => $"a-rather-long-name-of-a-host-number-{i}.with-many-labels.many A 127.0.0.1"),
    ];

    [Fact]
    public async Task Mail_goes_to_the_exchangers_of_its_domain_and_fails_as_dns_says()
    {
        await using var dns = await DnsServers.StartAsync(Zone);
        await using var receiver = new RecordingReceiver();
        await using var other = new RecordingReceiver(address: "127.0.0.2", port: receiver.Port);
        await using var refuser = new RecordingReceiver((verb, _, _) => new(verb == "CONNECT" ? "554 5.3.2 not here" : null), "127.0.0.3", receiver.Port);
        await using var grid = await GridProcess.StartAsync(new GridSetup()
            .With("Grid__Dns__Servers", dns.Resolver).With("Grid__Dns__AllowPrivate", "true").With("Grid__HostName", "grid.test")
            .With("Grid__Dns__MxPort", receiver.Port.ToString(CultureInfo.InvariantCulture)));
        var key = await grid.Api.TenantAsync("acme");
        (string Domain, string State, int Code, string Status)[] cases =
        [
            ("plain.test", "delivered", 250, ""),
            ("fallback.test", "delivered", 250, ""),
            ("alias.test", "delivered", 250, ""),
            ("aliasmx.test", "delivered", 250, ""),
            ("deadfirst.test", "delivered", 250, ""),
            ("refusing.test", "delivered", 250, ""),
            ("preferred.test", "delivered", 250, ""),
            ("many.test", "delivered", 250, ""),
            ("behind.test", "delivered", 250, ""),
            ("null.test", "bounced", 556, "5.1.10"),
            ("missing.test", "bounced", 550, "5.1.2"),
            ("loop.test", "bounced", 550, "5.4.6"),
            ("nohost.test", "bounced", 550, "5.4.4"),
            ("text.test", "bounced", 550, "5.4.4"),
            ("a.broken.test", "deferred", 451, "4.4.3"),
        ];
        var ids = await grid.Api.SendAsync(key, cases.Select(c => GridApi.Message("acme", "someone@" + c.Domain, c.Domain)));
        foreach (var (id, (domain, state, code, status)) in ids.Zip(cases))
        {
            var message = await grid.MessageBecomesAsync(id, key, state);
            var reply = (message.NumberAt("recipients.0.lastReply.code"), status.Length == 0 ? "" : message.TextAt("recipients.0.lastReply.enhanced"));
            Assert.True(reply == (code, status), $"{domain}: {message}");
            Assert.Equal(1, message.NumberAt("recipients.0.attempts"));
        }

        Assert.Equal("preferred.test", Assert.Single(other.Messages).Subject);
        Assert.Equal(
            cases.Where(c => c.State == "delivered" && c.Domain != "preferred.test").Select(c => c.Domain).Order(StringComparer.Ordinal), receiver.Messages.Select(m => m.Subject).Order(StringComparer.Ordinal));
        Assert.Empty(refuser.Messages);

        // Domains that don't exist, or take no mail, are suppressed; trouble of servers isn't held against an address.
        var suppressed = await grid.Api.GetAsync("/v1/suppressions", key);
        Assert.Contains("someone@missing.test", suppressed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("broken.test", suppressed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("loop.test", suppressed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchangers_at_private_addresses_get_nothing_and_a_dead_resolver_is_passed_over()
    {
        await using var dns = await DnsServers.StartAsync(Zone);
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(new GridSetup()
            .With("Grid__Dns__Servers", $"127.0.0.1:{FreePort.Next().ToString(CultureInfo.InvariantCulture)}, {dns.Forwarder}")
            .With("Grid__Dns__MxPort", receiver.Port.ToString(CultureInfo.InvariantCulture)));
        var key = await grid.Api.TenantAsync("acme");
        var ids = await grid.Api.SendAsync(key, [GridApi.Message("acme", "someone@plain.test"), GridApi.Message("acme", "someone@null.test")]);

        var refused = await grid.MessageBecomesAsync(ids[0], key, "bounced");
        Assert.Equal("5.4.4", refused.TextAt("recipients.0.lastReply.enhanced"));
        Assert.Contains("127.0.0.1", refused.TextAt("recipients.0.lastReply.text"), StringComparison.Ordinal);
        Assert.Equal("5.1.10", (await grid.MessageBecomesAsync(ids[1], key, "bounced")).TextAt("recipients.0.lastReply.enhanced"));
        Assert.Equal(0, receiver.Count);
    }
}
