using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Counters;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Counters;

public sealed class ProjectorTests
{
    private static readonly string[] Tenants = ["acme", "other"];
    private static readonly string[] Domains = ["one.example", "two.example"];
    private static readonly string[] Ips = ["192.0.2.1", "192.0.2.2"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task ReplayAsync_histories_with_kills_lost_activations_and_failures_count_each_record_once(int seed)
    {
        var random = new Random(seed);
        var options = new BedOptions { Policy = EnforcementPolicy.Default with { Tenant = [], Ip = [], Domain = [] } };
        var bed = await GridBed.StartAsync(options);
        var ending = new CancellationTokenSource();
        bed.Get<Projector>().MostQueued = seed * 3;
        _ = bed.Get<Projector>().RunAsync(ending.Token);
        var number = 0;
        for (var step = 0; step < 60; step++)
        {
            switch (random.Next(12))
            {
                case 0:
                    await ending.CancelAsync();
                    await bed.KillAsync();
                    bed = await GridBed.StartAsync(options);
                    ending = new();
                    await bed.Get<Projector>().ReplayAsync(default);
                    _ = bed.Get<Projector>().RunAsync(ending.Token);
                    break;
                case 1:
                    await bed.DropAsync(bed.TenantGrain(Tenants[random.Next(2)]));
                    break;
                case 2:
                    await bed.DropAsync(bed.IpGrain(Ips[random.Next(2)]));
                    break;
                case 3:
                    await CheckpointAsync(bed);
                    break;
                case 4:
                    var failures = random.Next(1, 4);
                    bed.States.BeforeWrite = _ => Interlocked.Decrement(ref failures) >= 0 ? throw new StoreUnavailableException("away") : Task.CompletedTask;
                    break;
                default:
                    number += await CommitAsync(bed, random, number);
                    break;
            }
        }

        // An activation lost after its last batch is sent that again with the next, or with the checkpoint.
        await CheckpointAsync(bed);
        var log = await bed.Get<IOutcomeLog>().ReadAsync(0, 100_000);
        Assert.NotEmpty(log);
        foreach (var tenant in Tenants)
        {
            await AssertCountsAsync(bed.TenantGrain(tenant), log.Where(r => r.Tenant == tenant));
        }

        foreach (var domain in Domains)
        {
            await AssertCountsAsync(bed.DomainGrain(domain), log.Where(r => r.Domain == domain));
        }

        foreach (var ip in Ips)
        {
            await AssertCountsAsync(bed.IpGrain(ip), log.Where(r => r.Ip == ip));
        }

        await ending.CancelAsync();
        await bed.DisposeAsync();
    }

    [Fact]
    public async Task RunAsync_what_is_more_than_memory_may_hold_is_read_from_the_log()
    {
        await using var bed = await GridBed.StartAsync();
        using var ending = new CancellationTokenSource();
        bed.Get<Projector>().MostQueued = 2;
        for (var number = 1; number <= 5; number++)
        {
            await CommitOneAsync(bed, number);
        }

        _ = bed.Get<Projector>().RunAsync(ending.Token);
        await CountedAtOnceAsync(bed);
        Assert.Equal(5, (await bed.TenantGrain().View()).Counters.Delivered);
        await CommitOneAsync(bed, 6);
        await CountedAtOnceAsync(bed);
        Assert.Equal(6, (await bed.TenantGrain().View()).Counters.Delivered);
        await ending.CancelAsync();
    }

    [Fact]
    public async Task RunAsync_grain_that_fails_is_tried_again_and_others_follow_in_order()
    {
        await using var bed = await GridBed.StartAsync();
        using var ending = new CancellationTokenSource();
        _ = bed.Get<Projector>().RunAsync(ending.Token);
        var refused = 0;
        bed.LedgerControl.Before = _ => { if (Interlocked.Increment(ref refused) <= 2) { throw new StoreUnavailableException("away"); } };
        var last = await CommitOneAsync(bed, 1);
        Assert.False(bed.Get<Projector>().ProjectedAsync(last, default).IsCompletedSuccessfully && Volatile.Read(ref refused) < 3);
        await CountedAsync(bed);
        Assert.Equal(1, (await bed.TenantGrain().View()).Counters.Delivered);
        Assert.True(refused > 2);
        await ending.CancelAsync();
    }

    [Fact]
    public async Task CheckpointAsync_moves_only_past_what_is_saved()
    {
        await using var bed = await GridBed.StartAsync();
        using var ending = new CancellationTokenSource();
        _ = bed.Get<Projector>().RunAsync(ending.Token);
        var last = await CommitOneAsync(bed, 1);
        await CountedAtOnceAsync(bed);
        Assert.Equal(0, await bed.Get<IOutcomeLog>().ReadCheckpointAsync());
        bed.States.BeforeWrite = _ => throw new StoreUnavailableException("away");
        var checkpoint = bed.Get<Projector>().CheckpointAsync(default);
        bed.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, await bed.Get<IOutcomeLog>().ReadCheckpointAsync());
        bed.States.BeforeWrite = _ => Task.CompletedTask;
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => checkpoint.IsCompleted, "the checkpoint is written");
        Assert.Equal(last, await bed.Get<IOutcomeLog>().ReadCheckpointAsync());
        await ending.CancelAsync();
    }

    [Fact]
    public async Task CheckpointAsync_activation_lost_since_its_batch_is_sent_it_again_before_the_checkpoint_moves()
    {
        await using var bed = await GridBed.StartAsync();
        using var ending = new CancellationTokenSource();
        _ = bed.Get<Projector>().RunAsync(ending.Token);
        await CommitOneAsync(bed, 1);
        await CountedAtOnceAsync(bed);
        await bed.DropAsync(bed.TenantGrain());
        Assert.Equal(0, (await bed.TenantGrain().View()).Counters.Delivered);
        await bed.Get<Projector>().CheckpointAsync(default);
        await bed.DropAsync(bed.TenantGrain());
        Assert.Equal(1, (await bed.TenantGrain().View()).Counters.Delivered);
        await ending.CancelAsync();
    }

    [Fact]
    public async Task CheckpointAsync_batch_that_comes_meanwhile_waits_and_is_not_lost_with_its_activation()
    {
        await using var bed = await GridBed.StartAsync(new() { Policy = EnforcementPolicy.Default with { Tenant = [], Ip = [], Domain = [] } });
        using var ending = new CancellationTokenSource();
        _ = bed.Get<Projector>().RunAsync(ending.Token);
        await CommitOneAsync(bed, 1);
        await CountedAtOnceAsync(bed);
        var held = new TaskCompletionSource();
        var holding = 0;
        var domain = bed.DomainGrain(Domains[0]).GetGrainId();
        bed.States.BeforeWrite = id => { if (id == domain) { Interlocked.Increment(ref holding); return held.Task; } return Task.CompletedTask; };
        var checkpoint = bed.Get<Projector>().CheckpointAsync(default);
        await Until.Async(() => Volatile.Read(ref holding) == 1, "the checkpoint is under way");
        await CommitOneAsync(bed, 2);
        held.SetResult();
        await checkpoint;
        bed.States.BeforeWrite = _ => Task.CompletedTask;
        await CountedAtOnceAsync(bed);
        await bed.DropAsync(bed.TenantGrain());
        await CommitOneAsync(bed, 3);
        await CountedAtOnceAsync(bed);
        Assert.Equal(3, (await bed.TenantGrain().View()).Counters.Delivered);
        await ending.CancelAsync();
    }

    private static async Task CheckpointAsync(GridBed bed)
    {
        await CountedAsync(bed);
        var checkpoint = bed.Get<Projector>().CheckpointAsync(default);
        await bed.PassAsync(TimeSpan.FromMilliseconds(10), () => checkpoint.IsCompleted, "the checkpoint is written");
    }

    /// <summary>Time passes meanwhile, for what is tried again.</summary>
    private static async Task CountedAsync(GridBed bed)
    {
        var counted = bed.Get<Projector>().ProjectedAsync(bed.Get<IOutcomeLog>().LastPosition, default);
        await bed.PassAsync(TimeSpan.FromMilliseconds(10), () => counted.IsCompleted, "everything is counted");
    }

    /// <summary>Time stands still meanwhile, so that no checkpoint falls due.</summary>
    private static async Task CountedAtOnceAsync(GridBed bed)
    {
        var counted = bed.Get<Projector>().ProjectedAsync(bed.Get<IOutcomeLog>().LastPosition, default);
        await Until.Async(() => counted.IsCompleted, "everything is counted");
    }

    private static async Task AssertCountsAsync(IAccountGrain grain, IEnumerable<OutcomeRecord> records)
    {
        var expected = records.Aggregate(default(CounterTotals), (sum, r) => sum + OutcomeProjection.Of(r) + (OutcomeProjection.TakenBack(r) ?? default));
        Assert.Equal(expected, (await grain.View()).Counters);
    }

    private static async Task<int> CommitAsync(GridBed bed, Random random, int number)
    {
        var count = random.Next(1, 30);
        var settlements = new List<Settlement>();
        for (var i = 0; i < count; i++)
        {
            bed.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(0, 300)));
            var envelope = await KeepAsync(bed, number + i, Tenants[random.Next(2)], Domains[random.Next(2)]);
            var delivered = Delivered(bed, envelope, Ips[random.Next(2)]);
            switch (random.Next(6))
            {
                case 0:
                    settlements.Add(new(delivered with { Kind = OutcomeKind.Deferred }, bed.Now.AddHours(1)));
                    break;
                case 1:
                    settlements.Add(new(delivered with { Kind = OutcomeKind.Bounced, Hard = random.Next(2) == 0 }));
                    break;
                case 2:
                    settlements.Add(new(delivered));
                    settlements.Add(new(delivered with { Kind = OutcomeKind.Complained }));
                    break;
                case 3:
                    settlements.Add(new(delivered));
                    settlements.Add(new(delivered with { Kind = OutcomeKind.Bounced, Hard = true, DeliveredAt = delivered.At }));
                    break;
                default:
                    settlements.Add(new(delivered));
                    break;
            }
        }

        await bed.Spool.SettleAsync(settlements);
        return count;
    }

    private static async Task<long> CommitOneAsync(GridBed bed, int number) =>
        (await bed.Spool.SettleAsync([new(Delivered(bed, await KeepAsync(bed, number, Tenants[0], Domains[0]), Ips[0]))]))[0].Position;

    private static async Task<Envelope> KeepAsync(GridBed bed, int number, string tenant, string domain)
    {
        var id = MessageId.Compose(new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero), 1, number % 4096);
        id = new(id.Value + ((long)(number / 4096) << 22));
        var envelope = new Envelope { Key = new(id, 0), Tenant = tenant, Address = "a@" + domain, Domain = domain, Pool = "default", AcceptedAt = bed.Now, DueAt = bed.Now, ExpiresAt = bed.Now.AddDays(5) };
        await bed.Spool.AcceptAsync(new([new() { Id = id, Tenant = tenant, AcceptedAt = bed.Now, Body = "x"u8.ToArray(), Envelopes = [envelope] }], ToMemory: true));
        return envelope;
    }

    private static OutcomeRecord Delivered(GridBed bed, Envelope envelope, string ip) => new()
    {
        At = bed.Now,
        Kind = OutcomeKind.Delivered,
        Key = envelope.Key,
        Tenant = envelope.Tenant,
        Address = envelope.Address,
        Domain = envelope.Domain,
        Site = "mx." + envelope.Domain,
        Ip = ip,
        Attempt = 1,
    };
}
