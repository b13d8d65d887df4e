using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Grains.Tests.Beds;
using Grid.Testing;
using static Grid.Grains.Tests.Beds.Records;

namespace Grid.Grains.Tests.Enforcement;

/// <summary>That each position of the log counts once, for every kind of account.</summary>
public sealed class CountingTests
{
    public static TheoryData<SubjectKind> Kinds => [SubjectKind.Tenant, SubjectKind.Ip, SubjectKind.Domain];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Apply_repeats_and_overlaps_count_once(SubjectKind kind)
    {
        await using var bed = await GridBed.StartAsync();
        var grain = Grain(bed, kind);
        Assert.Equal(3, await grain.Apply(Batch(bed.Now, 0, 1, Delivered(1), Delivered(1), Delivered(1))));
        Assert.Equal(3, await grain.Apply(Batch(bed.Now, 0, 1, Delivered(1), Delivered(1), Delivered(1))));
        Assert.Equal(5, await grain.Apply(Batch(bed.Now, 2, 3, Delivered(1), Delivered(1), Delivered(1))));
        Assert.Equal(5, await grain.Apply(Batch(bed.Now, 0, 1, Delivered(1))));
        Assert.Equal(5, await Delivery(grain));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Apply_batch_after_a_gap_is_refused(SubjectKind kind)
    {
        await using var bed = await GridBed.StartAsync();
        var grain = Grain(bed, kind);
        Assert.Equal(0, await grain.Apply(Batch(bed.Now, 3, 4, Delivered(1))));
        Assert.Equal(0, await Delivery(grain));
        await grain.Apply(Batch(bed.Now, 0, 1, Delivered(1)));
        Assert.Equal(1, await grain.Apply(Batch(bed.Now, 2, 3, Delivered(1))));
        Assert.Equal(1, await Delivery(grain));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Apply_logs_of_two_owners_count_apart(SubjectKind kind)
    {
        await using var bed = await GridBed.StartAsync();
        var grain = Grain(bed, kind);
        await grain.Apply(Batch(bed.Now, 0, 1, Delivered(1)));
        await grain.Apply(Batch(bed.Now, 0, 1, Delivered(1)) with { Owner = "other" });
        Assert.Equal(2, await Delivery(grain));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Apply_after_a_lost_activation_goes_on_from_the_snapshot(SubjectKind kind)
    {
        await using var bed = await GridBed.StartAsync();
        var grain = Grain(bed, kind);
        await grain.Apply(Batch(bed.Now, 0, 1, Delivered(10), Delivered(10)));
        await grain.Save();
        await grain.Apply(Batch(bed.Now, 2, 3, Delivered(10)));
        Assert.Equal(30, await Delivery(grain));

        await bed.DropAsync(grain);
        Assert.Equal(20, await Delivery(grain));
        Assert.Equal(2, await grain.Apply(Batch(bed.Now, 3, 4, Delivered(10))));
        Assert.Equal(4, await grain.Apply(Batch(bed.Now, 0, 1, Delivered(10), Delivered(10), Delivered(10), Delivered(10))));
        Assert.Equal(40, await Delivery(grain));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Apply_over_a_clean_restart_counts_on(SubjectKind kind)
    {
        await using var first = await GridBed.StartAsync();
        await Grain(first, kind).Apply(Batch(first.Now, 0, 1, Delivered(10)));
        await first.StopAsync();
        await using var second = await GridBed.StartAsync(first.Options);
        Assert.Equal(2, await Grain(second, kind).Apply(Batch(second.Now, 1, 2, Delivered(5))));
        Assert.Equal(15, await Delivery(Grain(second, kind)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Apply_activation_that_is_idle_is_saved(SubjectKind kind)
    {
        await using var bed = await GridBed.StartAsync(new() { Collects = true });
        var grain = Grain(bed, kind);
        await grain.Apply(Batch(bed.Now, 0, 1, Delivered(10)));
        var writes = bed.States.Writes;
        bed.Clock.Advance(TimeSpan.FromMinutes(17));
        await Until.Async(() => bed.States.Writes == writes + 1, "the idle grain is saved");
        Assert.Equal(10, await Delivery(grain));
    }

    [Fact]
    public async Task Apply_a_domain_that_is_idle_for_minutes_is_not_kept()
    {
        await using var bed = await GridBed.StartAsync(new() { Collects = true });
        await bed.DomainGrain().Apply(Batch(bed.Now, 0, 1, Delivered(10)));
        var writes = bed.States.Writes;
        bed.Clock.Advance(TimeSpan.FromMinutes(4));
        await Until.Async(() => bed.States.Writes == writes + 1, "the idle domain is saved");
        Assert.Equal(10, await Delivery(bed.DomainGrain()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task View_window_moves_on(SubjectKind kind)
    {
        await using var bed = await GridBed.StartAsync();
        var grain = Grain(bed, kind);
        await grain.Apply(Batch(bed.Now, 0, 1, Delivered(10)));
        bed.Clock.Advance(TimeSpan.FromDays(7));
        await grain.Apply(Batch(bed.Now, 1, 2, Delivered(1)));
        Assert.Equal(11, await Delivery(grain));
        bed.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await Delivery(grain));
    }

    private static async Task<long> Delivery(IAccountGrain grain) => (await grain.View()).Counters.Delivered;

    private static IAccountGrain Grain(GridBed bed, SubjectKind kind) => kind switch
    {
        SubjectKind.Tenant => bed.TenantGrain(),
        SubjectKind.Ip => bed.IpGrain(),
        _ => bed.DomainGrain(),
    };
}
