using Grid.Contracts.Counters;
using Grid.Core.Counters;
using Grid.Core.Vocabulary;
using Grid.Grains.Tests.Beds;

namespace Grid.Grains.Tests.Enforcement;

/// <summary>A domain that refuses one sending IP while others get through is not at fault.</summary>
public sealed class DomainIpsTests
{
    [Theory]
    [InlineData(1, 0, Standing.Suspended)]
    [InlineData(1, 1, Standing.Active)]
    [InlineData(2, 1, Standing.Suspended)]
    [InlineData(2, 2, Standing.Active)]
    public async Task Refusals_pause_a_domain_where_most_of_the_ips_meet_them(int refused, int through, Standing standing)
    {
        await using var bed = await GridBed.StartAsync();
        await CountAsync(bed, refused, through);
        Assert.Equal(standing, (await bed.DomainGrain().View()).Standing);
    }

    [Fact]
    public async Task What_is_known_of_the_ips_outlives_a_kill()
    {
        var bed = await GridBed.StartAsync();
        await CountAsync(bed, refused: 0, through: 1);
        await bed.DomainGrain().Save();
        await bed.KillAsync();
        await using var after = await GridBed.StartAsync(new() { Folder = bed.Options.Folder, Clock = bed.Clock });
        await after.DomainGrain().Apply(new("test", 1, [Entry(after, 2, "192.0.2.9", new(0, 900, 0, 0, 0, 0, 0, 900))]));
        Assert.Equal(Standing.Active, (await after.DomainGrain().View()).Standing);
    }

    private static async Task CountAsync(GridBed bed, int refused, int through)
    {
        // Few got through, so that the domain's rate alone would pause it.
        var entries = Enumerable.Range(0, through).Select(i => Entry(bed, 1 + i, $"192.0.2.{i}", new(1, 0, 0, 0, 0, 0, 0)))
            .Concat(Enumerable.Range(0, refused).Select(i => Entry(bed, 1 + through + i, $"198.51.100.{i}", new(0, 200, 0, 0, 0, 0, 0, 200))));
        await bed.DomainGrain().Apply(new("test", 0, [.. entries]));
    }

    private static CounterEntry Entry(GridBed bed, long position, string ip, CounterTotals totals) => new(position, bed.Now, totals) { Ips = [new(ip, totals.Tries, totals.Blocks)] };
}
