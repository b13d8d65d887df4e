using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Queue;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Queue;

/// <summary>One tenant's and one domain's part of the queue, which must be true however small it is, wherever its mail is.</summary>
public sealed class QueuePartTests
{
    private static readonly SmtpReply Busy = new(451, "4.3.2", "try again later");

    [Fact]
    public async Task PartAsync_tenant_and_domain_too_small_for_the_shares_are_counted()
    {
        await using var bed = await GridBed.StartAsync(new() { Ips = [] });
        var messages = new List<SpooledMessage>();
        for (var i = 0; i < 1001; i++)
        {
            // The two that are smaller than a thousand others.
            var (tenant, domain, recipients) = i == 1000 ? ("zz-small", "zz-small.example", 1) : ($"tenant-{i}", $"domain-{i}.example", 2);
            messages.Add(Mail(bed, tenant, domain, recipients));
        }

        await bed.Spool.AcceptAsync(new(messages, ToMemory: false, null));
        var control = bed.Get<QueueControl>();
        var whole = await control.SummaryAsync(default);
        Assert.Equal((2001, 1000, 1000), (whole.Total, whole.ByTenant.Count, whole.ByDomain.Count));
        Assert.DoesNotContain(whole.ByTenant, share => share.Name == "zz-small");

        var tenantPart = await control.PartAsync("zz-small", null, default);
        Assert.Equal((1L, 1L, 0L, 0L), (tenantPart.Total, tenantPart.Ready, tenantPart.Deferred, tenantPart.InFlight));
        Assert.Equal(("zz-small", 1L), (Assert.Single(tenantPart.ByTenant).Name, tenantPart.ByTenant[0].Total));
        Assert.Empty(tenantPart.ByDomain);
        Assert.Equal(1, Assert.Single((await control.PartAsync(null, "zz-small.example", default)).ByDomain).Total);
        Assert.Equal(1, (await control.PartAsync("zz-small", "zz-small.example", default)).Total);
        Assert.Equal(0, (await control.PartAsync("zz-small", "domain-1.example", default)).Total);
    }

    [Fact]
    public async Task PartAsync_counts_what_is_in_memory_in_flight_deferred_and_parked_once()
    {
        await using var bed = await StartAsync();
        var hold = new TaskCompletionSource();
        bed.Transport.Delivering = async (_, transaction) =>
        {
            await hold.Task;
            return transaction.Recipients[0].StartsWith("later", StringComparison.Ordinal) ? ScriptedAnswer.Says(Busy) : ScriptedAnswer.Accepts;
        };
        var control = bed.Get<QueueControl>();
        var begun = bed.Now;
        await bed.SubmitAsync("later@example.com");
        await bed.PassAsync(TimeSpan.FromMilliseconds(20), () => bed.Transport.Begun.Count == 1, "one is in flight");
        Assert.Equal((1L, 0L, 1L), await FiguresAsync(control, GridBed.Tenant, null));
        Assert.Equal((1L, 0L, 1L), await FiguresAsync(control, null, "example.com"));
        Assert.Equal((bed.Now - begun).TotalSeconds, (await control.PartAsync(GridBed.Tenant, null, default)).OldestSeconds, 3);

        hold.SetResult();
        await bed.PassAsync(TimeSpan.FromMilliseconds(20), () => bed.Get<ActiveWindow>().InMemory == 0, "it is deferred");
        Assert.Equal((1L, 1L, 0L), await FiguresAsync(control, GridBed.Tenant, null));
        Assert.Equal((1L, 1L, 0L), await FiguresAsync(control, null, "example.com"));

        await control.PauseAsync(null, "paused.example", default);
        await bed.SubmitAsync("a@paused.example", "b@paused.example");
        await bed.PassAsync(TimeSpan.FromMilliseconds(100), () => bed.Get<ActiveWindow>().InMemory == 0, "it is parked");
        Assert.Equal((3L, 1L, 0L), await FiguresAsync(control, GridBed.Tenant, null));
        Assert.True(Assert.Single((await control.PartAsync(null, "paused.example", default)).ByDomain).Paused);
    }

    [Fact]
    public async Task PartAsync_is_the_same_after_a_kill()
    {
        await using var before = await StartAsync(ips: []);
        await before.SubmitAsync("a@example.com", "b@example.org");
        Assert.Equal((2L, 0L, 0L), await FiguresAsync(before.Get<QueueControl>(), GridBed.Tenant, null));
        await before.KillAsync();

        await using var after = await StartAsync(before.Options.Folder, before.Clock, []);
        Assert.Equal((2L, 0L, 0L), await FiguresAsync(after.Get<QueueControl>(), GridBed.Tenant, null));
        await after.PassAsync(TimeSpan.FromMilliseconds(50), () => after.Get<ActiveWindow>().InMemory == 2, "it is in memory again");
        Assert.Equal((2L, 0L, 0L), await FiguresAsync(after.Get<QueueControl>(), GridBed.Tenant, null));
        Assert.Equal((1L, 0L, 0L), await FiguresAsync(after.Get<QueueControl>(), null, "example.org"));
    }

    private static async Task<(long Total, long Deferred, long InFlight)> FiguresAsync(QueueControl control, string? tenant, string? domain)
    {
        var part = await control.PartAsync(tenant, domain, default);
        return (part.Total, part.Deferred, part.InFlight);
    }

    private static SpooledMessage Mail(GridBed bed, string tenant, string domain, int recipients)
    {
        var submission = bed.Message([.. Enumerable.Range(0, recipients).Select(i => $"{i}@{domain}")]);
        return new()
        {
            Id = submission.Id,
            Tenant = tenant,
            AcceptedAt = bed.Now,
            Stream = MailStream.Bulk,
            Body = submission.Body,
            Envelopes = [.. submission.Recipients.Select((recipient, i) => new Envelope
            {
                Key = new(submission.Id, i),
                Tenant = tenant,
                Address = recipient.Address,
                Domain = domain,
                Stream = MailStream.Bulk,
                Pool = "default",
                SizeBytes = submission.Body.Length,
                RecipientCount = recipients,
                AcceptedAt = bed.Now,
                DueAt = bed.Now,
                ExpiresAt = bed.Now.AddDays(5),
            })],
        };
    }

    private static async Task<GridBed> StartAsync(string? folder = null, ManualClock? clock = null, IReadOnlyList<string>? ips = null)
    {
        var options = new BedOptions { Run = true, Clock = clock ?? new(), Ips = ips ?? [GridBed.Ip] };
        var bed = await GridBed.StartAsync(folder is null ? options : options with { Folder = folder });
        await bed.PutTenantAsync();
        return bed;
    }
}
