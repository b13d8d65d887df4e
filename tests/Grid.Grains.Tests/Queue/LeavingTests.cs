using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Queue;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Queue;

/// <summary>Mail that is in no ready queue for a moment can be cancelled all the same.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task Cancel_takes_what_is_on_its_way_to_the_store()
    {
        await using var bed = await StartAsync();
        var ids = new[] { await bed.SubmitAsync("a@example.com"), await bed.SubmitAsync("b@example.org") };
        var cancelled = CancelledBefore(bed, nameof(ISpool.ParkAsync), "example.com");
        await bed.Get<QueueControl>().PauseAsync(GridBed.Tenant, null, default);
        Assert.Equal(1, cancelled());

        await bed.EndsAsync(ids[0], OutcomeKind.Cancelled);
        await bed.Get<QueueControl>().ResumeAsync(GridBed.Tenant, null, default);
        await DeliversAsync(bed, "b@example.org");
    }

    [Fact]
    public async Task Cancel_takes_what_is_being_put_aside()
    {
        await using var bed = await StartAsync();
        var id = await bed.SubmitAsync(GridBed.Tenant, bed.Message(["a@example.com"]) with { Campaign = "spring" });
        var other = await bed.SubmitAsync(GridBed.Tenant, bed.Message(["b@example.org"]) with { Campaign = "spring" });
        var cancelled = CancelledBefore(bed, nameof(ISpool.PutAsideAsync), "example.com");
        await bed.TenantGrain().SetScope("campaign/spring", Standing.Suspended, "a test");
        await bed.AddIpAsync();
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => cancelled() >= 0, "it is put aside");
        Assert.Equal(1, cancelled());

        await bed.EndsAsync(id, OutcomeKind.Cancelled);
        await bed.TenantGrain().SetScope("campaign/spring", Standing.Active, "mended");
        await DeliversAsync(bed, "b@example.org");
        Assert.Equal([OutcomeKind.Delivered], await bed.HistoryAsync(other));
    }

    [Fact]
    public async Task Cancel_takes_what_waits_for_its_way()
    {
        await using var bed = await StartAsync();
        var looked = new TaskCompletionSource();
        bed.Get<ScriptedRouter>().Gate = looked.Task;
        var ids = new[] { await bed.SubmitAsync("a@example.com"), await bed.SubmitAsync("b@example.org") };
        Assert.Equal(1, await bed.Get<QueueControl>().CancelMessageAsync(ids[0], default));
        await bed.EndsAsync(ids[0], OutcomeKind.Cancelled);

        looked.SetResult();
        await DeliversAsync(bed, "b@example.org");
        Assert.Equal([OutcomeKind.Cancelled], await bed.HistoryAsync(ids[0]));
    }

    private static async Task<GridBed> StartAsync()
    {
        var bed = await GridBed.StartAsync(new() { Run = true, Ips = [] });
        await bed.PutTenantAsync();
        return bed;
    }

    /// <summary>Cancels a domain's mail when the store is about to be given some so for the first time; returns how many recipients that took, -1 before.</summary>
    private static Func<long> CancelledBefore(GridBed bed, string method, string domain)
    {
        long cancelled = -1;
        bed.SpoolControl.BeforeCall = (called, arguments) =>
        {
            if (called == method && arguments[0] is IReadOnlyList<EnvelopeKey> { Count: > 0 })
            {
                bed.SpoolControl.BeforeCall = static (_, _) => { };
                Interlocked.Exchange(ref cancelled, bed.Get<QueueControl>().CancelAsync(null, domain, "operator", default).AsTask().GetAwaiter().GetResult());
            }
        };
        return () => Interlocked.Read(ref cancelled);
    }

    /// <summary>What is left is delivered, once, and nothing else.</summary>
    private static async Task DeliversAsync(GridBed bed, string recipient)
    {
        await bed.AddIpAsync();
        await bed.PassAsync(TimeSpan.FromMilliseconds(50), () => bed.Transport.Accepted.Count > 0 && bed.Get<ActiveWindow>().InMemory == 0, "the rest is delivered");
        bed.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([recipient], bed.Transport.Accepted);
    }
}
