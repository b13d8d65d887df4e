using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>Nobody waits behind a neighbour: receivers that hang or refuse hold up their own mail only.</summary>
public sealed class IsolationTests
{
    private const int Each = 500;

    [Fact]
    public async Task Receivers_that_hang_or_refuse_hold_up_nobody_else()
    {
        using var over = new CancellationTokenSource();
        await using var mute = new RecordingReceiver((verb, _, _) => verb == "CONNECT" ? HangAsync(over.Token) : default);
        await using var stuck = new RecordingReceiver((verb, _, _) => verb == "END" ? HangAsync(over.Token) : default);
        await using var refusing = new RecordingReceiver((verb, _, _) => new(verb == "RCPT" ? "451 4.7.1 come back later" : null));
        await using var good = new RecordingReceiver();
        var setup = new GridSetup().Route("mute.example", mute.Port).Route("stuck.example", stuck.Port).Route("refusing.example", refusing.Port)
            .Route("closed.example", FreePort.Next()).Route("*", good.Port).With("Grid__ShutdownSeconds", "1");
        await using var grid = await GridProcess.StartAsync(setup);
        var (flooder, other) = (await grid.Api.TenantAsync("flooder"), await grid.Api.TenantAsync("other"));
        string[] bad = ["mute.example", "stuck.example", "refusing.example", "closed.example"];

        // One tenant floods the bad ones first; its own good mail and another tenant's come behind.
        foreach (var domain in bad)
        {
            await grid.Api.SendAsync(flooder, Enumerable.Range(0, Each).Select(i => GridApi.Message("flooder", $"u{i}@{domain}")));
        }

        await grid.Api.SendAsync(flooder, Enumerable.Range(0, Each).Select(i => GridApi.Message("flooder", $"u{i}@good{i % 5}.example")));
        await grid.Api.SendAsync(other, Enumerable.Range(0, Each).Select(i => GridApi.Message("other", $"u{i}@good{i % 5}.example")));

        await good.ReceivesAsync(2 * Each, 60);
        await Eventually.BecomesAsync(() => grid.CounterAsync("other", "delivered"), count => count == Each, 30, "the counter of the other tenant");
        Assert.Equal(0, mute.Count + stuck.Count + refusing.Count);
        var queue = await Eventually.BecomesAsync(() => grid.Api.GetAsync("/v1/queue"), answer => answer.NumberAt("total") == bad.Length * Each, 30, "the queue");
        Assert.Equal(bad.Order(), queue.At("byDomain").EnumerateArray().Select(share => share.GetProperty("name").GetString()).Order());

        // They recover, and so does their mail.
        refusing.Script = (_, _, _) => default;
        await Eventually.BecomesAsync(
            async () => (await grid.Api.PostAsync("/v1/queue/flush", new { domain = "refusing.example" })).Status + refusing.Count, seen => seen == 200 + Each, 60, "200 and messages received after recovery");
        await over.CancelAsync();
        await grid.KillAsync();
    }

    private static async ValueTask<string?> HangAsync(CancellationToken over)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, over);
        return null;
    }
}
