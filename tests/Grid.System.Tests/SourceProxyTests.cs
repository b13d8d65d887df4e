using System.Globalization;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>A sending IP behind a real HAProxy (PROXY protocol, version 2).</summary>
[Collection(LoadCollection.Name)]
public sealed class SourceProxyTests
{
    private const string Remote = "127.0.0.7", Own = "127.0.0.8";

    [Fact]
    public async Task Mail_comes_from_the_ip_behind_the_proxy_and_goes_another_way_while_that_is_down()
    {
        await using var receiver = new RecordingReceiver();
        await using var proxy = new HaproxyServer();
        await proxy.StartAsync();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port)
            .With("Grid__SendingIps__0__Address", Remote).With("Grid__SendingIps__0__Ehlo", "remote.grid.example")
            .With("Grid__SendingIps__0__Proxy", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{proxy.Port}")));
        var key = await grid.Api.TenantAsync("acme");

        await grid.Api.SendAsync(key, Messages("a", 100));
        var messages = await receiver.ReceivesAsync(100, 60);
        Assert.All(messages, message => Assert.Equal(Remote, message.Peer.ToString()));
        await Eventually.BecomesAsync(() => proxy.Log, log => log.Any(line => line.StartsWith($"{Remote} -> 127.0.0.1:{receiver.Port}", StringComparison.Ordinal)), 30, "the proxy's log");
        Assert.Equal(100, (await grid.Api.GetAsync($"/v1/ips/{Remote}")).NumberAt("counters.delivered"));

        // Down, and another IP in the pool.
        await proxy.StopAsync();
        Assert.Equal(201, (await grid.Api.PutAsync($"/v1/ips/{Own}", new { pool = "default", ehlo = "own.grid.example" })).Status);
        await grid.Api.SendAsync(key, Messages("b", 100));
        messages = await receiver.ReceivesAsync(200, 60);
        Assert.Equal(200, messages.Select(message => message.Subject).Distinct().Count());
        Assert.All(messages.Where(message => message.Subject.StartsWith('b')), message => Assert.Equal(Own, message.Peer.ToString()));

        // Down, and nothing else: it waits, and the domain has no part in it.
        Assert.Equal(200, (await grid.Api.PostAsync($"/v1/ips/{Own}/state", new { state = "suspended", reason = "only the proxy is left" })).Status);
        var id = Assert.Single(await grid.Api.SendAsync(key, Messages("c", 1)));
        var domain = await grid.Api.GetAsync("/v1/domains/client.example");
        Assert.Equal(("active", 0, 200), (domain.TextAt("state"), domain.NumberAt("counters.deferred"), domain.NumberAt("counters.delivered")));

        // Up again, and kept over a restart.
        await proxy.StartAsync();
        Assert.Equal(0, await grid.StopAsync());
        await grid.StartAgainAsync();
        Assert.Equal($"127.0.0.1:{proxy.Port}", (await grid.Api.GetAsync($"/v1/ips/{Remote}")).TextAt("proxy"));
        await grid.MessageBecomesAsync(id, key, "delivered", 60);
        messages = await receiver.ReceivesAsync(201, 60);
        Assert.Equal((Remote, "c0"), (messages[^1].Peer.ToString(), messages[^1].Subject));
    }

    [Fact]
    public async Task Proxy_that_brings_no_greeting_bounces_nothing()
    {
        await using var proxy = new HaproxyServer();
        await proxy.StartAsync();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(FreePort.Next())
            .With("Grid__SendingIps__0__Address", Remote).With("Grid__SendingIps__0__Proxy", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{proxy.Port}")));
        var key = await grid.Api.TenantAsync("acme");
        var id = Assert.Single(await grid.Api.SendAsync(key, Messages("a", 1)));
        var deferred = await grid.MessageBecomesAsync(id, key, "deferred", 120);
        Assert.Equal("4.3.5", deferred.TextAt("recipients.0.lastReply.enhanced"));
        Assert.Contains("brought no greeting", deferred.TextAt("recipients.0.lastReply.text"), StringComparison.Ordinal);
        Assert.Equal(0, (await grid.Api.GetAsync("/v1/domains/client.example")).NumberAt("counters.deferred"));

        // A proxy is a host and a port, for an address of its own.
        Assert.Equal(422, (await grid.Api.PutAsync($"/v1/ips/{Remote}", new { pool = "default", proxy = "nonsense" })).Status);
        Assert.Equal(422, (await grid.Api.PutAsync("/v1/ips/0.0.0.0", new { pool = "default", proxy = "127.0.0.1:1024" })).Status);
    }

    private static IEnumerable<object> Messages(string prefix, int count) => Enumerable.Range(0, count).Select(i => GridApi.Message("acme", $"u{i}@client.example", $"{prefix}{i}"));
}
