using System.Net;
using System.Text;
using Grid.Contracts.Sending;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Grid.Host.Tests.Whole;

public sealed class SitesTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Site_shows_what_a_receiver_made_us_do_until_an_operator_ends_it()
    {
        var pushed = await PushAsync("profiles:\n  - name: lab\n    sites: ['lab.example:25']\n    connections: 4\n    rate: 100/s\n    rules:\n      - id: stop\n        statuses: [4.7.28]\n        suspend: 1h\n");
        Assert.Equal(HttpStatusCode.OK, pushed.Status);
        Assert.Contains(pushed.Json["profiles"]!.AsArray(), p => p!["name"]!.GetValue<string>() == "gmail");
        var lane = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ILaneGrain>("0.0.0.0|lab.example:25");
        await lane.Heed("stop", 1, new(421, "4.7.28", "too much"));

        var site = (await host.CallAsync(HttpMethod.Get, "/v1/sites/lab.example:25")).Json;
        Assert.Equal("lab", site["profile"]!.GetValue<string>());
        var shown = Assert.Single(site["lanes"]!.AsArray())!;
        Assert.Equal(("0.0.0.0", 4, "100/s"), (shown["ip"]!.GetValue<string>(), shown["maxConnections"]!.GetValue<int>(), shown["maxRate"]!.GetValue<string>()));
        Assert.True(shown["suspendedUntil"]!.GetValue<DateTimeOffset>() > DateTimeOffset.UnixEpoch);
        var measure = Assert.Single(shown["measures"]!.AsArray())!;
        Assert.Equal(("stop", "suspend", "421 4.7.28 too much"), (measure["rule"]!.GetValue<string>(), measure["action"]!.GetValue<string>(), measure["words"]!.GetValue<string>()));

        var resumed = await host.CallAsync(HttpMethod.Post, "/v1/sites/lab.example:25/resume", new { ip = "0.0.0.0" });
        Assert.Equal(HttpStatusCode.OK, resumed.Status);
        Assert.Null(resumed.Json["lanes"]![0]!["suspendedUntil"]);
        Assert.Equal(1, resumed.Json["lanes"]![0]!["maxConnections"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Post, "/v1/sites/lab.example:25/resume", new { ip = "192.0.2.77" })).Status);
    }

    [Fact]
    public async Task Limits_of_a_site_are_set_and_shown()
    {
        var set = await host.CallAsync(HttpMethod.Put, "/v1/sites/limits.example/limits", new { maxConnections = 7, maxRate = "10/min" });
        Assert.Equal((HttpStatusCode.OK, 7, "10/min", "default"), (set.Status, set.Json["limits"]!["maxConnections"]!.GetValue<int>(), set.Json["limits"]!["maxRate"]!.GetValue<string>(), set.Json["profile"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.CallAsync(HttpMethod.Put, "/v1/sites/limits.example/limits", new { maxRate = "often" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/sites/a%7Cb")).Status);
    }

    [Fact]
    public async Task Shaping_with_mistakes_is_refused_with_all_of_them_and_changes_nothing()
    {
        var before = (await host.CallAsync(HttpMethod.Get, "/v1/shaping")).Json["version"]!.GetValue<int>();
        var refused = await PushAsync("profiles:\n  - name: a\n    connections: 0\n    colour: red\n");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 2), (refused.Status, refused.Json["errors"]!.AsArray().Count));
        Assert.Equal(before, (await host.CallAsync(HttpMethod.Get, "/v1/shaping")).Json["version"]!.GetValue<int>());
        var yaml = await host.CallAsync(HttpMethod.Get, "/v1/shaping", header: ("Accept", "application/yaml"));
        Assert.Equal("application/yaml", yaml.MediaType);
        Assert.Contains("profiles:", yaml.Text, StringComparison.Ordinal);
    }

    private Task<HostFixture.Reply> PushAsync(string yaml) => host.CallAsync(HttpMethod.Put, "/v1/shaping", new StringContent(yaml, Encoding.UTF8, "application/yaml"));
}
