using Grid.Contracts.Admission;
using Grid.Grains.Tests.Beds;

namespace Grid.Grains.Tests.Admission;

public sealed class SiteGrainTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Acquire_slow_rate_holds_over_a_restart(bool killed)
    {
        await using var before = await GridBed.StartAsync();
        await Site(before).SetLimits(new(MaxRate: "1/h"));
        Assert.Equal(1, (await AcquireAsync(before)).Count);
        if (killed)
        {
            await before.KillAsync();
        }
        else
        {
            await before.StopAsync();
        }

        await using var after = await GridBed.StartAsync(before.Options);
        var refused = await AcquireAsync(after);
        Assert.Equal(0, refused.Count);
        after.Clock.Advance(refused.RetryAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, (await AcquireAsync(after)).Count);
        after.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, (await AcquireAsync(after)).Count);
    }

    private static ISiteGrain Site(GridBed bed) => bed.Grains.GetGrain<ISiteGrain>("mx.example.com");

    private static ValueTask<PermitGrant> AcquireAsync(GridBed bed) => Site(bed).Acquire(bed.Reference(new()), PermitKind.Send, 5, 0);
}
