using Grid.Contracts.Admission;
using Grid.Contracts.Counters;
using Grid.Contracts.Enforcement;
using Grid.Contracts.Sending;
using Grid.Core.Admission;
using Grid.Core.Counters;
using Grid.Core.Vocabulary;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Enforcement;

public sealed class WarmupTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Sites = ["gmail", "yahoo", "outlook"];

    [Fact]
    public async Task Thirty_days_with_kills_never_exceed_a_days_allowance_for_ip_or_site()
    {
        var options = new BedOptions { Clock = new ManualClock(Start), Ips = [] };
        var bed = await GridBed.StartAsync(options);
        await PutAsync(bed, "gentle");
        var random = new Random(7);
        for (var day = 0; day < 30; day++)
        {
            options.Clock.Advance(Start.AddDays(day).AddHours(1) - bed.Now);
            var allowance = (await bed.IpGrain().Warmup())!.Today!.Allowance!;
            Assert.Equal(WarmupPlans.Find("gentle")!.Days[day], allowance);
            var granted = Sites.ToDictionary(site => site, _ => 0);
            var holder = bed.Reference(new Holder());
            for (var ask = 0; ask < 400; ask++)
            {
                // A holder gives back what it didn't use of its last block, within the time that it has for it.
                var site = Sites[random.Next(Sites.Length)];
                var grant = await Lane(bed, site).Acquire(holder, PermitKind.Send, random.Next(1, 4096), 0);
                Assert.True(grant.Count == 0 || (grant.UseWithin <= TimeSpan.FromSeconds(10) && grant.ReturnWithin is not null));
                granted[site] += grant.Count;
                if (grant.Count > 0 && random.Next(4) == 0)
                {
                    var unused = random.Next(grant.Count + 1);
                    await Lane(bed, site).Acquire(holder, PermitKind.Send, 0, unused);
                    granted[site] -= unused;
                }

                if (random.Next(150) == 0)
                {
                    await bed.KillAsync();
                    bed = await GridBed.StartAsync(options);
                    holder = bed.Reference(new Holder());
                }
            }

            // A return that isn't saved yet is lost in a kill: then it counts as used.
            var used = (await bed.IpGrain().Warmup())!.Today!.Used;
            Assert.All(granted.Values, count => Assert.InRange(count, 1, allowance.PerSite));
            Assert.InRange(granted.Values.Sum(), allowance.PerIp / 2, used);
            Assert.InRange(used, 0, allowance.PerIp);
        }

        await bed.DisposeAsync();
    }

    [Fact]
    public async Task Blocks_pause_the_ip_until_the_next_day_over_a_kill_and_take_it_back()
    {
        var options = new BedOptions { Clock = new ManualClock(Start.AddHours(12)), Ips = [] };
        var bed = await GridBed.StartAsync(options);
        await PutAsync(bed, "gentle", daysAgo: 3);
        var holder = new Holder();
        Assert.Equal(1, (await Lane(bed, "gmail").Acquire(bed.Reference(holder), PermitKind.Send, 64, 0)).Count);
        Assert.True((await bed.IpGrain().Acquire(bed.Reference(holder), PermitKind.Send, 64, 0)).Count > 0);

        await BlockedAsync(bed, 4);
        Assert.False((await bed.IpGrain().Warmup())!.Today!.Paused);
        Assert.Empty(holder.Changes);
        await BlockedAsync(bed, 1);
        Assert.Contains(holder.Changes, change => change.Subject == Subject.Ip(GridBed.Ip));

        await bed.KillAsync();
        bed = await GridBed.StartAsync(options);
        Assert.True((await bed.IpGrain().Warmup())!.Today!.Paused);
        Assert.Equal((0, TimeSpan.FromHours(12)), Of(await Lane(bed, "gmail").Acquire(bed.Reference(holder), PermitKind.Send, 64, 0)));
        Assert.Equal((0, TimeSpan.FromHours(12)), Of(await bed.IpGrain().Acquire(bed.Reference(holder), PermitKind.Send, 64, 0)));
        options.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal((2, false), ((await bed.IpGrain().Warmup())!.Today!.Step, (await bed.IpGrain().Warmup())!.Today!.Paused));
        Assert.Equal(1, (await Lane(bed, "gmail").Acquire(bed.Reference(holder), PermitKind.Send, 64, 0)).Count);
        await bed.DisposeAsync();
    }

    [Fact]
    public async Task Ip_without_a_warm_up_or_past_it_is_held_by_nothing()
    {
        await using var bed = await GridBed.StartAsync(new BedOptions { Clock = new ManualClock(Start), Ips = [] });
        await bed.IpGrain().Put(new("default", "mail.example.net", null));
        Assert.Null(await bed.IpGrain().Warmup());
        Assert.Equal((4096, null), Free(await Lane(bed, "gmail").Acquire(bed.Reference(new Holder()), PermitKind.Send, 4096, 0)));
        await PutAsync(bed, "gentle", daysAgo: 45);
        Assert.Null((await bed.IpGrain().Warmup())!.Today!.Allowance);
        Assert.Equal((4096, null), Free(await Lane(bed, "gmail").Acquire(bed.Reference(new Holder()), PermitKind.Send, 4096, 0)));
        await PutAsync(bed, "gentle");
        Assert.Equal(1, (await Lane(bed, "gmail").Acquire(bed.Reference(new Holder()), PermitKind.Send, 4096, 0)).Count);
        await PutAsync(bed, "no-such-plan");
        Assert.Equal(0, (await Lane(bed, "gmail").Acquire(bed.Reference(new Holder()), PermitKind.Send, 4096, 0)).Count);
    }

    [Fact]
    public async Task Put_of_the_same_warm_up_goes_on_and_of_another_begins()
    {
        await using var bed = await GridBed.StartAsync(new BedOptions { Clock = new ManualClock(Start), Ips = [] });
        await PutAsync(bed, "gentle", daysAgo: 2);
        await Lane(bed, "gmail").Acquire(bed.Reference(new Holder()), PermitKind.Send, 64, 0);
        await bed.IpGrain().Put(new("other-pool", "mail.example.net", "100/s", new(Day(-2), "gentle")));
        Assert.Equal((3, 1), ((await bed.IpGrain().Warmup())!.Today!.Step, (await bed.IpGrain().Warmup())!.Today!.Used));
        await PutAsync(bed, "standard", daysAgo: 2);
        Assert.Equal((3, 0, 26), ((await bed.IpGrain().Warmup())!.Today!.Step, (await bed.IpGrain().Warmup())!.Today!.Used, (await bed.IpGrain().Warmup())!.Days));
    }

    private static DateOnly Day(int offset) => DateOnly.FromDateTime(Start.UtcDateTime).AddDays(offset);

    private static ValueTask<bool> PutAsync(GridBed bed, string plan, int daysAgo = 0) => bed.IpGrain().Put(new("default", "mail.example.net", null, new(Day(-daysAgo), plan)));

    private static ILaneGrain Lane(GridBed bed, string site) => bed.Grains.GetGrain<ILaneGrain>($"{GridBed.Ip}|{site}");

    private static (int, TimeSpan) Of(PermitGrant grant) => (grant.Count, grant.RetryAfter);

    private static (int, TimeSpan?) Free(PermitGrant grant) => (grant.Count, grant.ReturnWithin);

    private static async Task BlockedAsync(GridBed bed, int blocks)
    {
        var applied = await bed.IpGrain().Apply(new("owner", long.MaxValue, []));
        await bed.IpGrain().Apply(new("owner", applied, [new(applied + 1, bed.Now, new CounterTotals(0, blocks, 0, 0, 0, 0, 0, blocks))]));
    }
}
