using System.Net;
using Grid.Mail.Dns;
using Grid.Testing;

namespace Grid.Mail.Tests.Dns;

public sealed class DnsResolverTests
{
    private readonly ManualClock _clock = new();
    private readonly ScriptedDns _dns = new();

    [Fact]
    public async Task ResolveAsync_answer_is_kept_for_its_ttl_and_no_longer()
    {
        var resolver = Resolver();
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, DnsBytes.Answer(q, 2).Address("a.example", "198.51.100.1", 60).Address("a.example", "198.51.100.2", 90));

        var answer = await resolver.ResolveAsync("A.example.", DnsType.A, default);
        Assert.Equal((DnsStatus.Found, _clock.GetUtcNow().AddSeconds(60)), (answer.Status, answer.ExpiresAt));
        Assert.Equal(["198.51.100.1", "198.51.100.2"], answer.Of<DnsRecord.Address>().Select(a => a.Value.ToString()));
        _clock.Advance(TimeSpan.FromSeconds(59.999));
        await resolver.ResolveAsync("a.example", DnsType.A, default);
        Assert.Single(_dns.Asked);
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        await resolver.ResolveAsync("a.example", DnsType.A, default);
        Assert.Equal(2, _dns.Asked.Count);
    }

    [Fact]
    public async Task ResolveAsync_negative_answer_is_kept_as_the_zone_says()
    {
        var resolver = Resolver();
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, DnsBytes.Answer(q, authorities: 1, flags: 0x8183).Soa("example", 300, 30));

        Assert.Equal(DnsStatus.NameError, (await resolver.ResolveAsync("a.example", DnsType.Mx, default)).Status);
        _clock.Advance(TimeSpan.FromSeconds(29.999));
        await resolver.ResolveAsync("a.example", DnsType.Mx, default);
        Assert.Single(_dns.Asked);
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        await resolver.ResolveAsync("a.example", DnsType.Mx, default);
        Assert.Equal(2, _dns.Asked.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ResolveAsync_negative_answer_without_its_own_zones_word_is_not_kept(bool withForeignZone)
    {
        var resolver = Resolver();
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, withForeignZone ? DnsBytes.Answer(q, authorities: 1).Soa("other.test", 300, 300) : DnsBytes.Answer(q));

        Assert.Equal(DnsStatus.NoData, (await resolver.ResolveAsync("a.example", DnsType.Mx, default)).Status);
        await resolver.ResolveAsync("a.example", DnsType.Mx, default);
        Assert.Equal(2, _dns.Asked.Count);
    }

    [Fact]
    public async Task ResolveAsync_records_of_other_names_are_not_believed()
    {
        var resolver = Resolver();
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, DnsBytes.Answer(q, 2).Address("victim.example", "203.0.113.9").Address(q.Name, "198.51.100.1"));

        var answer = await resolver.ResolveAsync("a.example", DnsType.A, default);
        Assert.Equal("198.51.100.1", Assert.Single(answer.Of<DnsRecord.Address>()).Value.ToString());
        Assert.Equal(1, resolver.Cache.Count);
    }

    [Fact]
    public async Task ResolveAsync_alias_leads_to_its_target_within_the_answer_and_beyond()
    {
        var resolver = Resolver();
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, q.Name == "a.example"
            ? DnsBytes.Answer(q, 2).Alias("a.example", "b.example", 20).Alias("b.example", "c.example", 40)
            : DnsBytes.Answer(q, 1).Mx("c.example", 10, "mx.example", 300));

        var answer = await resolver.ResolveAsync("a.example", DnsType.Mx, default);
        Assert.Equal((DnsStatus.Found, "c.example", _clock.GetUtcNow().AddSeconds(20)), (answer.Status, answer.Name, answer.ExpiresAt));
        Assert.Equal(["a.example", "c.example"], _dns.Asked.Select(a => a.Name));
    }

    [Fact]
    public async Task ResolveAsync_chain_of_eight_aliases_holds_and_of_nine_does_not()
    {
        var resolver = Resolver();
        _dns.Answering = (_, q, _) =>
        {
            var (kind, number) = (q.Name[0], int.Parse(q.Name[1..q.Name.IndexOf('.', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture));
            return ScriptedDns.Read(q, number < (kind == 'a' ? 8 : 9) ? DnsBytes.Answer(q, 1).Alias(q.Name, $"{kind}{number + 1}.example") : DnsBytes.Answer(q, 1).Address(q.Name, "198.51.100.1"));
        };
        Assert.Equal(DnsStatus.Found, (await resolver.ResolveAsync("a0.example", DnsType.A, default)).Status);
        Assert.Equal(DnsStatus.ServerFailure, (await resolver.ResolveAsync("b0.example", DnsType.A, default)).Status);
    }

    [Fact]
    public async Task ResolveAsync_aliases_in_a_circle_end()
    {
        var resolver = Resolver();
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, DnsBytes.Answer(q, 2).Alias("a.example", "b.example").Alias("b.example", "a.example"));
        var answer = await resolver.ResolveAsync("a.example", DnsType.A, default);
        Assert.Equal(DnsStatus.ServerFailure, answer.Status);
        Assert.Contains("CNAME", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResolveAsync_truncated_or_doubtful_answer_is_fetched_over_tcp()
    {
        var resolver = Resolver();
        _dns.Answering = (_, q, tcp) => tcp ? ScriptedDns.Read(q, DnsBytes.Answer(q, 1).Address(q.Name, "198.51.100.1"))
            : q.Name == "a.example" ? ScriptedDns.Read(q, DnsBytes.Answer(q, flags: 0x8380)) : new(null, "another case", RetryOverTcp: true);
        Assert.Equal(DnsStatus.Found, (await resolver.ResolveAsync("a.example", DnsType.A, default)).Status);
        Assert.Equal(DnsStatus.Found, (await resolver.ResolveAsync("b.example", DnsType.A, default)).Status);
        Assert.Equal([false, true, false, true], _dns.Asked.Select(a => a.OverTcp));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task ResolveAsync_server_without_extensions_is_asked_without(int code)
    {
        var resolver = Resolver();
        _dns.Answering = (_, q, _) => q.Message.Span[11] == 1 ? ScriptedDns.Refusal(q, code) : ScriptedDns.Read(q, DnsBytes.Answer(q, 1).Address(q.Name, "198.51.100.1"));
        Assert.Equal(DnsStatus.Found, (await resolver.ResolveAsync("a.example", DnsType.A, default)).Status);
        Assert.Equal(2, _dns.Asked.Count);
    }

    [Theory]
    [InlineData(2, "SERVFAIL")]
    [InlineData(5, "REFUSED")]
    public async Task ResolveAsync_refusal_goes_on_to_the_next_server_and_fails_when_all_refuse(int code, string name)
    {
        var resolver = Resolver();
        _dns.Answering = (server, q, _) => server.Equals(ScriptedDns.First) || q.Name == "b.example" ? ScriptedDns.Refusal(q, code) : ScriptedDns.Read(q, DnsBytes.Answer(q, 1).Address(q.Name, "198.51.100.1"));
        Assert.Equal(DnsStatus.Found, (await resolver.ResolveAsync("a.example", DnsType.A, default)).Status);
        var failed = await resolver.ResolveAsync("b.example", DnsType.A, default);
        Assert.Equal(DnsStatus.ServerFailure, failed.Status);
        Assert.Contains(name, failed.Detail, StringComparison.Ordinal);
        Assert.Equal(4, _dns.Asked.Count);

        // Remembered for five seconds.
        await resolver.ResolveAsync("b.example", DnsType.A, default);
        Assert.Equal(4, _dns.Asked.Count);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await resolver.ResolveAsync("b.example", DnsType.A, default);
        Assert.Equal(6, _dns.Asked.Count);
    }

    [Fact]
    public async Task ResolveAsync_silent_server_is_asked_last_until_it_has_rested()
    {
        var resolver = Resolver();
        var down = true;
        _dns.Answering = (server, q, _) => down && server.Equals(ScriptedDns.First) ? ScriptedDns.Silence : ScriptedDns.Read(q, DnsBytes.Answer(q, 1).Address(q.Name, "198.51.100.1"));
        await resolver.ResolveAsync("a.example", DnsType.A, default);
        await resolver.ResolveAsync("b.example", DnsType.A, default);
        Assert.Equal([ScriptedDns.First, ScriptedDns.Second, ScriptedDns.Second], _dns.Asked.Select(a => a.Server));
        down = false;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await resolver.ResolveAsync("c.example", DnsType.A, default);
        Assert.Equal(ScriptedDns.First, _dns.Asked[^1].Server);
    }

    [Fact]
    public async Task ResolveAsync_silence_everywhere_is_asked_in_rounds_of_doubled_patience_and_fails()
    {
        var resolver = Resolver();
        var answer = await resolver.ResolveAsync("a.example", DnsType.A, default);
        Assert.Equal(DnsStatus.ServerFailure, answer.Status);
        Assert.Equal([1.5, 1.5, 3, 3, 6, 6], _dns.Asked.Select(a => a.Timeout.TotalSeconds));
    }

    [Fact]
    public async Task ResolveAsync_one_question_serves_all_who_ask_and_one_who_leaves_does_not_end_it()
    {
        var resolver = Resolver();
        var gate = new TaskCompletionSource();
        _dns.Gate = gate.Task;
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, DnsBytes.Answer(q, 1).Address(q.Name, "198.51.100.1"));
        using var leaving = new CancellationTokenSource();
        var first = resolver.ResolveAsync("a.example", DnsType.A, leaving.Token).AsTask();
        var others = Enumerable.Range(0, 100).Select(_ => resolver.ResolveAsync("a.example", DnsType.A, default).AsTask()).ToList();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.All(await Task.WhenAll(others), a => Assert.Equal(DnsStatus.Found, a.Status));
        Assert.Single(_dns.Asked);
    }

    [Fact]
    public async Task ResolveAsync_look_up_that_hangs_ends_by_itself()
    {
        var resolver = Resolver();
        _dns.Gate = new TaskCompletionSource().Task;
        var asking = resolver.ResolveAsync("a.example", DnsType.A, default).AsTask();
        await Until.Async(() => _dns.Asked.Count > 0, "it asks");

        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(DnsStatus.ServerFailure, (await asking).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..example")]
    [InlineData(".example")]
    [InlineData("a b.example")]
    [InlineData("ü.example")]
    [InlineData("a\\.example")]
    public async Task ResolveAsync_what_cannot_be_a_name_is_not_asked_for(string name)
    {
        Assert.Equal(DnsStatus.NameError, (await Resolver().ResolveAsync(name, DnsType.A, default)).Status);
        Assert.Empty(_dns.Asked);
    }

    [Fact]
    public async Task ResolveAsync_word_of_validation_is_kept_only_where_the_whole_chain_has_it()
    {
        var resolver = Resolver();
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, q.Name switch
        {
            "a.example" => DnsBytes.Answer(q, 1, flags: 0x81A0).Address(q.Name, "198.51.100.1"),
            "b.example" => DnsBytes.Answer(q, 1, flags: 0x81A0).Alias(q.Name, "c.example"),
            _ => DnsBytes.Answer(q, 1).Address(q.Name, "198.51.100.1"),
        });
        Assert.True((await resolver.ResolveAsync("a.example", DnsType.A, default)).Authenticated);
        Assert.False((await resolver.ResolveAsync("b.example", DnsType.A, default)).Authenticated);
    }

    [Fact]
    public async Task Cache_lets_go_of_what_was_used_longest_ago()
    {
        var resolver = Resolver(entries: 2);
        _dns.Answering = (_, q, _) => ScriptedDns.Read(q, DnsBytes.Answer(q, 1).Address(q.Name, "198.51.100.1"));
        await resolver.ResolveAsync("a.example", DnsType.A, default);
        await resolver.ResolveAsync("b.example", DnsType.A, default);
        await resolver.ResolveAsync("a.example", DnsType.A, default);
        await resolver.ResolveAsync("c.example", DnsType.A, default);
        Assert.Equal(2, resolver.Cache.Count);
        Assert.NotNull(resolver.Cache.Find("a.example", DnsType.A));
        Assert.Null(resolver.Cache.Find("b.example", DnsType.A));
    }

    [Fact]
    public void Cache_keeps_within_its_bytes()
    {
        var cache = new DnsCache(1000, 10_000, _clock);
        for (var i = 0; i < 100; i++)
        {
            cache.Keep($"{i}.example", DnsType.Txt, new(DnsStatus.Found, "", [new DnsRecord.Text(new string('x', 500))], false, _clock.GetUtcNow().AddHours(1)));
            Assert.True(cache.Bytes <= 10_000);
        }

        cache.Keep("large.example", DnsType.Txt, new(DnsStatus.Found, "", [new DnsRecord.Text(new string('x', 6000))], false, _clock.GetUtcNow().AddHours(1)));
        Assert.Null(cache.Find("large.example", DnsType.Txt));
        Assert.True(cache.Count is > 0 and < 10);
    }

    [Fact]
    public void SystemDnsServers_reads_resolv_conf() => Assert.Equal(
        [new(IPAddress.Parse("192.0.2.53"), 53), new(IPAddress.Parse("2001:db8::53"), 53)],
        SystemDnsServers.Parse(["# a comment", "search example.com", "nameserver 192.0.2.53", "  nameserver\t2001:db8::53 ", "nameserver nonsense", "nameserver"]));

    [Theory]
    [InlineData("192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public void Reverse_names_an_address(string address, string name) => Assert.Equal(name, DnsName.Reverse(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("11.0.0.0", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("2a00:1450:4013::1a", true)]
    public void PublicAddress_is_what_mail_may_go_to(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    private DnsResolver Resolver(int entries = 1000) => new(new() { Servers = [ScriptedDns.First, ScriptedDns.Second], CacheEntries = entries }, _clock, _dns);
}
