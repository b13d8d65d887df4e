using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>Limits under a flood, judged by the receiver's own clock: never exceeded in any window, and used to the full.</summary>
public sealed class ThrottleTests
{
    private const int Flood = 1500;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    [Fact]
    public Task Flood_of_a_tenant_leaves_at_its_rate() =>
        FloodAsync("1200/min", 20, burst: 20, async grid => await grid.Api.TenantAsync("acme", new { maxRate = "1200/min" }));

    [Fact]
    public Task Flood_over_a_sending_ip_leaves_at_its_rate() =>
        FloodAsync("600/min", 10, burst: 10, async grid =>
        {
            var ip = await grid.Api.PutAsync("/v1/ips/0.0.0.0", new { pool = "default", limits = new { maxRate = "600/min" } });
            Assert.True(ip.Status is 200 or 201, ip.ToString());
            return await grid.Api.TenantAsync("acme");
        });

    [Fact]
    public Task Flood_to_a_domain_leaves_at_its_rate_and_burst() =>
        FloodAsync("300/min;burst=20", 5, burst: 20, async grid =>
        {
            var limits = await grid.Api.PutAsync("/v1/domains/flooded.example/limits", new { maxRate = "300/min;burst=20" });
            Assert.True(limits.Status == 200, limits.ToString());
            return await grid.Api.TenantAsync("acme");
        });

    private static async Task FloodAsync(string rate, double perSecond, int burst, Func<GridProcess, Task<string>> prepare)
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port).With("Grid__ShutdownSeconds", "2"));
        var key = await prepare(grid);
        await grid.Api.SendAsync(key, Enumerable.Range(0, Flood).Select(i => GridApi.Message("acme", $"u{i}@flooded.example")));
        var first = (await receiver.ReceivesAsync(1, 30))[0].At;

        // The burst comes at the start; what follows it is the rate.
        var (from, to) = (first + Settling, first + Settling + Measured);
        await Eventually.BecomesAsync(() => receiver.Now, now => now > to, 60, "the receiver's clock");
        var instants = receiver.Messages.Select(message => message.At).ToList();

        Assert.True(instants.Count < Flood, $"all {Flood} left within {to - first}: there was no flood");
        RateWindow.NeverAbove(instants, perSecond, burst);
        var expected = perSecond * Measured.TotalSeconds;
        var steady = instants.Count(at => at >= from && at < to);
        TestContext.Current.TestOutputHelper?.WriteLine($"{rate}: {steady} in {Measured.TotalSeconds} s, {RateWindow.Most(instants, TimeSpan.FromSeconds(1))} at most in a second");
        Assert.InRange(steady, expected * 0.95, expected * 1.05);
    }
}
