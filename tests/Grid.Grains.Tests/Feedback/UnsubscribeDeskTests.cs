using Grid.Contracts.Enforcement;
using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Feedback;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Feedback;

public sealed class UnsubscribeDeskTests
{
    [Fact]
    public async Task UnsubscribeAsync_counts_once_and_leaves_transactional_mail()
    {
        await using var bed = await StartAsync();
        var id = await bed.SubmitAsync("Ann@example.com");
        await bed.EndsAsync(id, OutcomeKind.Delivered);
        for (var again = 0; again < 3; again++)
        {
            Assert.True(await UnsubscribeAsync(bed, id, "Ann@example.com", UnsubscribeChoice.List));
        }

        Assert.Equal(1, (await bed.TenantGrain().View()).Counters.Unsubscribes);
        Assert.Equal(1, (await bed.IpGrain().View()).Counters.Unsubscribes);
        Assert.Equal([OutcomeKind.Delivered, OutcomeKind.Unsubscribed], await bed.HistoryAsync(id));
        Assert.Equal(SuppressionReason.Unsubscribe, (await FindAsync(bed, GridBed.Tenant, MailStream.Bulk))!.Reason);
        Assert.Null(await FindAsync(bed, GridBed.Tenant, MailStream.Transactional));
        Assert.Null(await FindAsync(bed, "globex", MailStream.Bulk));
    }

    [Fact]
    public async Task UnsubscribeAsync_from_a_sender_stops_all_its_mail_and_no_other_senders()
    {
        await using var bed = await StartAsync();
        Assert.True(await UnsubscribeAsync(bed, new(5), "ann@example.com", UnsubscribeChoice.Sender));

        Assert.NotNull(await FindAsync(bed, GridBed.Tenant, MailStream.Transactional));
        Assert.Null(await FindAsync(bed, "globex", MailStream.Bulk));
    }

    [Fact]
    public async Task UnsubscribeAsync_from_everyone_stops_the_bulk_mail_of_all()
    {
        await using var bed = await StartAsync();
        Assert.True(await UnsubscribeAsync(bed, new(5), "ann@example.com", UnsubscribeChoice.Everyone));

        Assert.NotNull(await FindAsync(bed, "globex", MailStream.Bulk));
        Assert.Null(await FindAsync(bed, "globex", MailStream.Transactional));
        Assert.Equal(GridBed.Tenant, (await FindAsync(bed, GridBed.Tenant, MailStream.Bulk))!.Tenant);
    }

    [Fact]
    public async Task UnsubscribeAsync_queued_mail_is_not_sent()
    {
        await using var bed = await StartAsync();
        var first = await bed.SubmitAsync("ann@example.com");
        await bed.EndsAsync(first, OutcomeKind.Delivered);
        var later = await bed.SubmitAsync(GridBed.Tenant, bed.Message(["ANN@example.com"], sendAt: bed.Now.AddHours(1)));

        await UnsubscribeAsync(bed, first, "ann@example.com", UnsubscribeChoice.List);
        await bed.PassAsync(TimeSpan.FromMinutes(10), () => bed.Spool.FindAsync(later).AsTask().GetAwaiter().GetResult()!.Live.Count == 0, "the later message ends");

        Assert.Equal([OutcomeKind.Suppressed], await bed.HistoryAsync(later));
    }

    [Theory]
    [InlineData(Standing.Suspended)]
    [InlineData(Standing.Terminated)]
    public async Task UnsubscribeAsync_in_every_state_of_the_tenant_is_honoured(Standing standing)
    {
        await using var bed = await StartAsync();
        var id = await bed.SubmitAsync("ann@example.com");
        await bed.EndsAsync(id, OutcomeKind.Delivered);
        await bed.TenantGrain().SetStanding(standing, "test");

        Assert.True(await UnsubscribeAsync(bed, id, "ann@example.com", UnsubscribeChoice.List));

        Assert.NotNull(await FindAsync(bed, GridBed.Tenant, MailStream.Bulk));
        Assert.Equal([OutcomeKind.Delivered, OutcomeKind.Unsubscribed], await bed.HistoryAsync(id));
    }

    [Fact]
    public async Task UnsubscribeAsync_from_a_message_that_is_forgotten_counts_once()
    {
        await using var bed = await StartAsync();
        for (var again = 0; again < 2; again++)
        {
            Assert.True(await UnsubscribeAsync(bed, new(5), "ann@example.com", UnsubscribeChoice.List));
        }

        Assert.Equal(1, (await bed.TenantGrain().View()).Counters.Unsubscribes);
    }

    [Fact]
    public async Task UnsubscribeAsync_what_is_no_address_changes_nothing()
    {
        await using var bed = await StartAsync();
        Assert.False(await UnsubscribeAsync(bed, new(5), "nobody", UnsubscribeChoice.List));
        Assert.Empty(await bed.Get<ISuppressions>().ListAsync(GridBed.Tenant, "", 10));
    }

    private static ValueTask<bool> UnsubscribeAsync(GridBed bed, MessageId id, string address, UnsubscribeChoice choice) =>
        bed.Get<UnsubscribeDesk>().UnsubscribeAsync(new(GridBed.Tenant, id, 0, address), choice, "test", default);

    private static ValueTask<Suppression?> FindAsync(GridBed bed, string tenant, MailStream stream) =>
        bed.Get<ISuppressions>().FindAsync(tenant, "ann@example.com", stream);

    private static async Task<GridBed> StartAsync()
    {
        var bed = await GridBed.StartAsync(new() { Run = true });
        await bed.PutTenantAsync();
        return bed;
    }
}
