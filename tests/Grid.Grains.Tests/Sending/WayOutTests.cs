using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Tests.Beds;

namespace Grid.Grains.Tests.Sending;

/// <summary>A sending IP whose proxy brings nothing through.</summary>
public sealed class WayOutTests
{
    private const string Broken = "192.0.2.66";
    private static readonly SmtpReply NoProxy = new(0, "", "connecting to the proxy 192.0.2.200:1024: Connection refused");

    [Fact]
    public async Task Mail_goes_over_the_pools_other_ips()
    {
        await using var bed = await StartAsync([GridBed.Ip, Broken]);
        for (var i = 0; i < 50; i++)
        {
            await bed.SubmitAsync($"u{i}@client.example");
        }

        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Transport.Accepted.Count == 50, "all is delivered");
        Assert.Equal(50, bed.Transport.Accepted.Distinct().Count());
    }

    [Fact]
    public async Task Mail_without_another_way_is_deferred_and_nobody_else_is_blamed()
    {
        await using var bed = await StartAsync([Broken]);
        var id = await bed.SubmitAsync("a@client.example");
        await bed.PassAsync(TimeSpan.FromSeconds(1), () => bed.Spool.FindAsync(id).AsTask().GetAwaiter().GetResult()!.History.Count > 0, "the mail is deferred");

        var outcome = (await bed.Spool.FindAsync(id))!.History[^1];
        Assert.Equal((OutcomeKind.Deferred, ReplyReason.Network, ReplyAbout.Ip, "4.3.5"), (outcome.Kind, outcome.Reason, outcome.About, outcome.Reply!.Enhanced));
        Assert.Contains("the proxy", outcome.Reply.Text, StringComparison.Ordinal);
        await bed.Get<Grid.Grains.Counters.Projector>().ProjectedAsync(outcome.Position, default);
        Assert.Equal(default, (await bed.Grains.GetGrain<IRecipientDomainGrain>("client.example").View()).Counters);
        Assert.Equal(1, (await bed.Grains.GetGrain<ISendingIpGrain>(Broken).View()).Counters.Deferred);

        // Once there is a way again it goes, by its schedule. Steps are small, as the mail must not grow too old while the machine is busy.
        bed.Transport.Opening = (_, _) => null;
        await bed.PassAsync(TimeSpan.FromSeconds(1), () => bed.Transport.Accepted.Count == 1, "the mail is delivered");
        await bed.EndsAsync(id, OutcomeKind.Delivered);
    }

    private static async Task<GridBed> StartAsync(IReadOnlyList<string> ips)
    {
        var bed = await GridBed.StartAsync(new() { Run = true, Ips = ips });
        await bed.PutTenantAsync();
        bed.Transport.Opening = (_, ip) => ip == Broken ? NoProxy : null;
        bed.Transport.WayOut = _ => WayOutFault.Down;
        return bed;
    }
}
