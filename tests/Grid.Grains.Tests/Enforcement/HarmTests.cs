using Grid.Contracts.Counters;
using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Grains.Tests.Beds;

namespace Grid.Grains.Tests.Enforcement;

/// <summary>That the harm to a shared IP is laid to tenants once, whatever dies meanwhile, and that what stands above a tenant holds over a kill.</summary>
public sealed class HarmTests
{
    [Fact]
    public async Task Rest_whose_findings_were_cut_off_by_a_kill_lays_them_when_the_ip_wakes_and_each_once()
    {
        var options = new BedOptions();
        var bed = await GridBed.StartAsync(options);
        await bed.PutTenantAsync("good");
        await bed.PutTenantAsync("bad");
        await bed.Get<IRegistry>().PutAsync(Registered.Ip, "192.0.2.200", new IpSpec("quarantine", "q.example.net", null));
        await bed.IpGrain().Apply(Batch(bed.Now, 0, 1, ("good", 100, 4)));

        // The IP's decision is on the ledger; the first finding isn't any more.
        var decided = 0;
        bed.LedgerControl.Before = method => _ = method == nameof(ILedger.AppendAsync) && ++decided == 2 ? throw new StoreUnavailableException("broken by the test") : 0;
        await Assert.ThrowsAnyAsync<Exception>(async () => await bed.IpGrain().Apply(Batch(bed.Now, 1, 2, ("bad", 60, 12))));
        await bed.KillAsync();

        await using var again = await GridBed.StartAsync(options);
        Assert.Equal(Standing.Suspended, (await again.IpGrain().View()).Standing);
        await again.DropAsync(again.IpGrain());
        await again.IpGrain().View();
        Assert.Equal(["quarantine", "tenant.damage", "tenant.worst-contributor"], await ActsAsync(again, "bad"));
        Assert.Equal(["tenant.damage"], await ActsAsync(again, "good"));
        Assert.Equal(("quarantine", "default"), ((await again.TenantGrain("bad").Find())!.Spec.Pool, (await again.TenantGrain("bad").Find())!.Spec.HomePool));
        Assert.Equal("default", (await again.TenantGrain("good").Find())!.Spec.Pool);
    }

    [Fact]
    public async Task Parents_suspension_holds_for_those_below_over_a_kill_and_ends_with_it()
    {
        var options = new BedOptions();
        var bed = await GridBed.StartAsync(options);
        foreach (var (id, parent) in new[] { ("top", null), ("middle", "top"), ("low", "middle") })
        {
            await bed.TenantGrain(id).Put(new(id, "default", "default", null, new(), ["example.net"]) { Parent = parent });
        }

        await bed.TenantGrain("top").SetStanding(Standing.Suspended, "as the test has it");
        Assert.Equal(Standing.Suspended, (await bed.TenantGrain("low").View()).Standing);
        await bed.KillAsync();

        await using var again = await GridBed.StartAsync(options);
        Assert.Equal("top", (await again.TenantGrain("low").Find())!.Held!.By);
        await again.TenantGrain("top").SetStanding(Standing.Active, "mended");
        Assert.Equal(Standing.Active, (await again.TenantGrain("low").View()).Standing);
        Assert.Equal(["resume-with-parent", "suspend-with-parent"], await ActsAsync(again, "low"));
    }

    private static CounterBatch Batch(DateTimeOffset at, long previous, long position, (string Tenant, long Delivered, long Blocks) what) => new(
        GridBed.Node, previous, [new CounterEntry(position, at, Records.Delivered(what.Delivered) + Records.Blocks(what.Blocks)) { Harm = [new Harm(what.Tenant, what.Blocks, 0)] }]);

    private static async Task<IEnumerable<string>> ActsAsync(GridBed bed, string tenant) =>
        (await bed.Get<ILedger>().ReadAsync(Subject.Tenant(tenant), null, 50)).Where(d => d.Kind != DecisionKind.Transition).Select(d => d.Action).Order();
}
