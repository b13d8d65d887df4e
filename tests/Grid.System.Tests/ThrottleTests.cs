using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>Limits under a flood, judged by the receiver's own clock: never exceeded in any window, and used to the full.</summary>
public sealed class ThrottleTests
{
    private const int Flood = 900;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Flood_leaves_at_the_rates_of_a_tenant_an_ip_and_a_domain_at_once()
    {
        await using var receiver = new RecordingReceiver();
        var setup = GridSetup.RoutedTo(receiver.Port).With("Grid__ShutdownSeconds", "2")
            .With("Grid__SendingIps__0__Address", "127.0.0.2").With("Grid__SendingIps__1__Address", "127.0.0.3").With("Grid__SendingIps__1__Pool", "slow");
        await using var grid = await GridProcess.StartAsync(setup);
        var ip = await grid.Api.PutAsync("/v1/ips/127.0.0.3", new { pool = "slow", limits = new { maxRate = "300/min" } });
        Assert.True(ip.Status is 200 or 201, ip.ToString());
        var domain = await grid.Api.PutAsync("/v1/domains/flooded.example/limits", new { maxRate = "120/min;burst=20" });
        Assert.True(domain.Status == 200, domain.ToString());
        (string Tenant, string Key, string Domain)[] floods =
        [
            ("limited", await grid.Api.TenantAsync("limited", new { maxRate = "600/min" }), "one.example"),
            ("slow", await grid.Api.TenantAsync("slow", pool: "slow"), "two.example"),
            ("acme", await grid.Api.TenantAsync("acme"), "flooded.example"),
        ];

        foreach (var (tenant, key, to) in floods)
        {
            await grid.Api.SendAsync(key, Enumerable.Range(0, Flood).Select(i => GridApi.Message(tenant, $"u{i}@{to}")));
        }

        // The bursts come at the start; what follows them is the rate.
        await receiver.ReceivesAsync(3, 30);
        var from = receiver.Now + Settling;
        var until = from + Measured;
        await Eventually.BecomesAsync(() => receiver.Now, now => now > until, 60, "the receiver's clock");
        var taken = receiver.Messages;
        Limited("tenant", taken.Where(m => m.Recipients[0].EndsWith("@one.example", StringComparison.Ordinal)), 10, burst: 10);
        Limited("ip", taken.Where(m => m.Peer.ToString() == "127.0.0.3"), 5, burst: 5);
        Limited("domain", taken.Where(m => m.Recipients[0].EndsWith("@flooded.example", StringComparison.Ordinal)), 2, burst: 20);

        void Limited(string whose, IEnumerable<Received> messages, double perSecond, int burst)
        {
            var instants = messages.Select(message => message.At).ToList();
            Assert.True(instants.Count < Flood, $"{whose}: all {Flood} left: there was no flood");
            RateWindow.NeverAbove(instants, perSecond, burst);
            var expected = perSecond * Measured.TotalSeconds;
            var steady = instants.Count(at => at >= from && at < until);
            TestContext.Current.TestOutputHelper?.WriteLine($"{whose}: {steady} in {Measured.TotalSeconds} s, {RateWindow.Most(instants, TimeSpan.FromSeconds(1))} at most in a second");
            Assert.InRange(steady, expected * 0.95, expected * 1.05);
        }
    }
}
