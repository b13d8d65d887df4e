using System.Globalization;
using System.Net;
using Grid.System.Tests.Beds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grid.System.Tests;

/// <summary>Tricks that lead a webhook inside, with a real DNS server: none gets as far as a connection.</summary>
public sealed class WebhookAddressTests
{
    private static readonly string[] Zone =
    [
        "loopback A 127.0.0.1", "ten A 10.0.0.1", "metadata A 169.254.169.254", "zero A 0.0.0.0", "shared A 100.64.0.1",
        "six AAAA ::1", "mapped AAAA ::ffff:127.0.0.1", "nat64 AAAA 64:ff9b::7f00:1", "sixtofour AAAA 2002:7f00:1::", "local AAAA fd00::1",
        "alias CNAME loopback", "both A 192.0.2.1", "both A 127.0.0.1", "*.wild A 127.0.0.1",
        "rebind 0 A 127.0.0.2",
    ];

    private static readonly string[] Names =
        ["loopback", "ten", "metadata", "zero", "shared", "six", "mapped", "nat64", "sixtofour", "local", "alias", "both", "7f000001.wild"];

    private static readonly string[] Literals =
    [
        "127.0.0.1", "127.0.0.1.", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "localhost", "LOCALHOST.", "a.localhost",
        "①②⑦.0.0.1", "127。0。0。1", "%31%32%37.0.0.1", "user:password@loopback.test", "169.254.169.254", "10.0.0.1", "0.0.0.0", "[fe80::1]", "[fd00::1]",
    ];

    [Fact]
    public async Task Names_and_numbers_that_lead_inside_are_refused_without_a_connection()
    {
        await using var dns = await DnsServers.StartAsync(Zone);
        await using var receiver = new RecordingReceiver();
        await using var inside = await Listener.StartAsync(IPAddress.Any);
        await using var grid = await GridProcess.StartAsync(
            GridSetup.RoutedTo(receiver.Port).With("Grid__Dns__Servers", dns.Resolver).With("Grid__Webhooks__AllowHttp", "true"));
        var keys = new List<string>();
        foreach (var tenant in (string[])["acme", "globex"])
        {
            keys.Add(await grid.Api.TenantAsync(tenant));
        }

        foreach (var host in Literals)
        {
            var put = await PutAsync(grid, keys[0], "literal", $"http://{host}:{inside.Port}/");
            Assert.True(put.Status == 422 && put.TextAt("errors.0.field") == "url", $"{host}: {put}");
        }

        for (var i = 0; i < Names.Length; i++)
        {
            var put = await PutAsync(grid, keys[i % 2], $"w{i}", $"http://{Names[i]}.test:{inside.Port}/");
            Assert.True(put.Status == 201, $"{Names[i]}: {put}");
        }

        await grid.Api.SendAsync(keys[0], [GridApi.Message("acme", "a@r.example")]);
        await grid.Api.SendAsync(keys[1], [GridApi.Message("globex", "a@r.example")]);
        for (var i = 0; i < Names.Length; i++)
        {
            var (name, key) = ($"/v1/webhooks/w{i}", keys[i % 2]);
            var tried = await Eventually.BecomesAsync(() => grid.Api.GetAsync(name, key), answer => answer.TextAt("lastError").Length > 0, 60, $"{Names[i]} is tried");
            Assert.StartsWith("the host's name leads where webhooks may not: ", tried.TextAt("lastError"));
        }

        Assert.Equal(0, inside.Requests);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Literals.Length} spellings of addresses and {Names.Length} names refused, no connection made");
    }

    [Fact]
    public async Task Name_that_is_rebound_between_two_deliveries_is_refused_at_the_second()
    {
        await using var dns = await DnsServers.StartAsync(Zone);
        await using var receiver = new RecordingReceiver();
        await using var outside = await Listener.StartAsync(IPAddress.Parse("127.0.0.2"));
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port)
            .With("Grid__Dns__Servers", dns.Resolver).With("Grid__Webhooks__AllowHttp", "true").With("Grid__Webhooks__AllowPrivate", "true"));
        var key = await grid.Api.TenantAsync("acme");
        Assert.Equal(201, (await PutAsync(grid, key, "w", $"http://rebind.test:{outside.Port}/")).Status);
        await grid.Api.SendAsync(key, [GridApi.Message("acme", "a@r.example")]);
        await Eventually.BecomesAsync(() => outside.Requests, requests => requests == 1, 60, "the first delivery");

        // No network at all has 0.0.0.0 for a host, so that it is refused even where private addresses are allowed.
        await dns.ChangeAsync([.. Zone.Where(line => !line.StartsWith("rebind", StringComparison.Ordinal)), "rebind 0 A 0.0.0.0"]);
        await grid.Api.SendAsync(key, [GridApi.Message("acme", "b@r.example")]);

        var tried = await Eventually.BecomesAsync(() => grid.Api.GetAsync("/v1/webhooks/w", key), answer => answer.TextAt("lastError").Length > 0, 60, "the second delivery");
        Assert.StartsWith("the host's name leads where webhooks may not: 0.0.0.0", tried.TextAt("lastError"));
        Assert.Equal(1, outside.Requests);
    }

    private static Task<ApiAnswer> PutAsync(GridProcess grid, string key, string name, string url) =>
        grid.Api.CallAsync(HttpMethod.Put, "/v1/webhooks/" + name, new { url, events = new[] { "delivered" } }, key);

    /// <summary>Counts requests.</summary>
    private sealed class Listener(WebApplication app, int port) : IAsyncDisposable
    {
        private int _requests;

        public int Port => port;

        public int Requests => Volatile.Read(ref _requests);

        public static async Task<Listener> StartAsync(IPAddress address)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var port = FreePort.Next();
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://{address}:{port}"));
            var listener = new Listener(builder.Build(), port);
            await listener.RunAsync();
            return listener;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private Task RunAsync()
        {
            app.Run(context =>
            {
                Interlocked.Increment(ref _requests);
                context.Response.StatusCode = 204;
                return Task.CompletedTask;
            });
            return app.StartAsync();
        }
    }
}
