using System.Security.Cryptography;
using System.Text;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Ingress;
using Grid.Grains.Queue;
using Grid.Grains.Tests.Beds;

namespace Grid.Grains.Tests.Ingress;

public sealed class IntakeTests
{
    [Fact]
    public async Task AcceptAsync_repeat_under_its_key_keeps_nothing_and_answers_the_same()
    {
        await using var bed = await StartAsync();
        var first = bed.Message(["a@example.com"]);
        Assert.IsType<IntakeResult.Accepted>(await AcceptAsync(bed, first, "key", "request"));
        var repeated = Assert.IsType<IntakeResult.Repeated>(await AcceptAsync(bed, bed.Message(["a@example.com"]), "key", "request"));
        Assert.Equal(first.Id.ToString(), Encoding.ASCII.GetString(repeated.Response.Span));
        Assert.IsType<IntakeResult.KeyReused>(await AcceptAsync(bed, bed.Message(["b@example.com"]), "key", "another"));
        Assert.Equal((1L, 1), ((await bed.Spool.CountAsync(bed.Now)).Whole.Total, bed.Get<ActiveWindow>().InMemory));
    }

    [Fact]
    public async Task AcceptAsync_repeats_at_once_keep_one()
    {
        await using var bed = await StartAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AcceptAsync(bed, bed.Message(["a@example.com"]), "key", "request")));
        Assert.Single(results.OfType<IntakeResult.Accepted>());
        Assert.Equal(19, results.OfType<IntakeResult.Repeated>().Count());
        Assert.Equal(1, (await bed.Spool.CountAsync(bed.Now)).Whole.Total);
        Assert.Equal(1, bed.Get<ActiveWindow>().InMemory);
    }

    [Fact]
    public async Task AcceptAsync_suppressed_recipient_is_not_queued()
    {
        await using var bed = await StartAsync();
        await bed.Get<ISuppressions>().AddAsync(new(GridBed.Tenant, "gone@example.com", SuppressionReason.HardBounce, bed.Now, "grid"));
        var id = await bed.SubmitAsync("Gone@Example.com", "here@example.com");
        var result = (await bed.Spool.FindAsync(id))!;
        Assert.Equal("here@example.com", Assert.Single(result.Live).Address);
        Assert.Equal((OutcomeKind.Suppressed, "suppressed-hardbounce"), (result.History[0].Kind, result.History[0].Clause));
    }

    [Theory]
    [InlineData(nameof(ISpool.AcceptAsync))]
    [InlineData(nameof(ISuppressions.FindAsync))]
    public async Task AcceptAsync_store_is_away_is_an_answer_and_costs_no_quota(string broken)
    {
        await using var bed = await StartAsync();
        await bed.PutTenantAsync(limits: new(MessagesPerHour: 1));
        void Break(string method)
        {
            if (method == broken)
            {
                throw new StoreUnavailableException("away");
            }
        }

        (bed.SpoolControl.Before, bed.SuppressionsControl.Before) = (Break, Break);
        Assert.IsType<IntakeResult.Unavailable>(await bed.Get<Intake>().AcceptAsync(GridBed.Tenant, [bed.Message(["a@example.com"])], null, default));
        Assert.Equal(0, bed.Get<ActiveWindow>().InMemory);
        (bed.SpoolControl.Before, bed.SuppressionsControl.Before) = (_ => { }, _ => { });
        await bed.SubmitAsync("a@example.com");
    }

    [Fact]
    public async Task AcceptAsync_quota_is_exact_and_says_when()
    {
        await using var bed = await StartAsync();
        await bed.PutTenantAsync(limits: new(MessagesPerHour: 100, MessagesPerDay: 1000));
        var results = await Task.WhenAll(Enumerable.Range(0, 150).Select(i => bed.Get<Intake>().AcceptAsync(GridBed.Tenant, [bed.Message([$"{i}@example.com"])], null, default).AsTask()));
        Assert.Equal(100, results.OfType<IntakeResult.Accepted>().Count());
        Assert.All(results.OfType<IntakeResult.Refused>(), r => Assert.Equal(("throttled", "tenant-quota"), (r.Refusal.State, r.Refusal.Clause)));
        Assert.Contains(results.OfType<IntakeResult.Refused>(), r => r.RetryAfter == TimeSpan.FromMinutes(61));
        Assert.Equal(100, (await bed.Spool.CountAsync(bed.Now)).Whole.Total);
    }

    [Theory]
    [InlineData(Standing.Suspended, "suspended")]
    [InlineData(Standing.Terminated, "terminated")]
    public async Task AcceptAsync_tenant_out_of_standing_keeps_nothing(Standing standing, string state)
    {
        await using var bed = await StartAsync();
        await bed.TenantGrain().SetStanding(standing, "a test");
        var refused = Assert.IsType<IntakeResult.Refused>(await bed.Get<Intake>().AcceptAsync(GridBed.Tenant, [bed.Message(["a@example.com"])], null, default));
        Assert.Equal((state, "operator", Timeout.InfiniteTimeSpan), (refused.Refusal.State, refused.Refusal.Clause, refused.RetryAfter));
        Assert.Equal(0, (await bed.Spool.CountAsync(bed.Now)).Whole.Total);
    }

    [Fact]
    public async Task Next_ids_rise_and_differ_under_concurrency()
    {
        await using var bed = await GridBed.StartAsync();
        var ids = bed.Get<MessageIds>();
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 10_000).Select(_ => ids.Next().Value).ToList())));
        Assert.All(made, own => Assert.Equal(own.Order(), own));
        Assert.Equal(40_000, made.SelectMany(own => own).Distinct().Count());
        Assert.All(made.SelectMany(own => own), value => Assert.Equal(1, (value >> 12) & 0x3FF));
    }

    private static Task<IntakeResult> AcceptAsync(GridBed bed, Submission message, string key, string request) => bed.Get<Intake>().AcceptAsync(
        GridBed.Tenant, [message], new(key, SHA256.HashData(Encoding.ASCII.GetBytes(request)), made => Encoding.ASCII.GetBytes(made[0].Id.ToString())), default).AsTask();

    private static async Task<GridBed> StartAsync()
    {
        var bed = await GridBed.StartAsync(new() { Run = true, Ips = [] });
        await bed.PutTenantAsync();
        return bed;
    }
}
