using Grid.Core.Feedback;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Feedback;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Feedback;

public sealed class FeedbackDeskTests
{
    private static readonly SmtpReply Unknown = new(550, "5.1.1", "user unknown");

    [Fact]
    public async Task ComplaintAsync_counts_once_and_suppresses()
    {
        await using var bed = await StartAsync();
        var id = await DeliveredAsync(bed, "a@example.com", "b@example.com");
        for (var again = 0; again < 3; again++)
        {
            Assert.True(await bed.Get<FeedbackDesk>().ComplaintAsync(id, 0, null, "abuse", "grid", default));
        }

        Assert.Equal((2L, 1L), await CountsAsync(bed));
        Assert.Equal(SuppressionReason.Complaint, (await bed.Get<ISuppressions>().FindAsync(GridBed.Tenant, "a@example.com"))!.Reason);
        Assert.Null(await bed.Get<ISuppressions>().FindAsync(GridBed.Tenant, "b@example.com"));
    }

    [Theory]
    [InlineData("B@Example.COM", true)]
    [InlineData("b@example.com", true)]
    [InlineData("c@example.com", false)]
    [InlineData("not an address", false)]
    [InlineData(null, false)]
    public async Task ComplaintAsync_about_a_whole_message_finds_its_recipient_by_address(string? address, bool found)
    {
        await using var bed = await StartAsync();
        var id = await DeliveredAsync(bed, "a@example.com", "b@example.com");
        Assert.Equal(found, await bed.Get<FeedbackDesk>().ComplaintAsync(id, MessageToken.WholeMessage, address, "abuse", "grid", default));
        Assert.Equal((2L, found ? 1L : 0L), await CountsAsync(bed));
    }

    [Fact]
    public async Task ComplaintAsync_without_a_delivery_changes_nothing()
    {
        await using var bed = await StartAsync();
        bed.Transport.Delivering = (_, _) => new(ScriptedAnswer.Says(new SmtpReply(451, "4.3.0", "later")));
        var id = await bed.SubmitAsync("a@example.com");
        await bed.EndsAsync(id, OutcomeKind.Deferred);
        Assert.False(await bed.Get<FeedbackDesk>().ComplaintAsync(id, 0, null, "abuse", "grid", default));
        Assert.False(await bed.Get<FeedbackDesk>().ComplaintAsync(id, 7, null, "abuse", "grid", default));
        Assert.False(await bed.Get<FeedbackDesk>().ComplaintAsync(new(123), 0, null, "abuse", "grid", default));
        Assert.Empty(await bed.Get<ISuppressions>().ListAsync(GridBed.Tenant, "", 10));
        Assert.Equal([OutcomeKind.Deferred], await bed.HistoryAsync(id));
    }

    [Fact]
    public async Task BounceAsync_late_takes_the_delivery_back_once()
    {
        await using var bed = await StartAsync();
        var id = await DeliveredAsync(bed, "a@example.com", "b@example.com");
        bed.Clock.Advance(TimeSpan.FromMinutes(5));
        for (var again = 0; again < 2; again++)
        {
            Assert.True(await bed.Get<FeedbackDesk>().BounceAsync(id, 1, null, Unknown, ReplyClassifier.Classify(550, "5.1.1", "user unknown"), default));
        }

        var counters = (await bed.TenantGrain().View()).Counters;
        Assert.Equal((1L, 1L, 1L), (counters.Delivered, counters.HardBounces, counters.DeliveredReporting));
        Assert.Equal(SuppressionReason.HardBounce, (await bed.Get<ISuppressions>().FindAsync(GridBed.Tenant, "b@example.com"))!.Reason);
    }

    [Fact]
    public async Task BounceAsync_late_and_soft_suppresses_nobody()
    {
        await using var bed = await StartAsync();
        var id = await DeliveredAsync(bed, "a@example.com");
        Assert.True(await bed.Get<FeedbackDesk>().BounceAsync(id, 0, null, new(552, "5.2.2", "mailbox full"), ReplyClassifier.Classify(552, "5.2.2", "mailbox full"), default));
        var counters = (await bed.TenantGrain().View()).Counters;
        Assert.Equal((0L, 1L), (counters.Delivered, counters.SoftBounces + counters.HardBounces));
        Assert.Empty(await bed.Get<ISuppressions>().ListAsync(GridBed.Tenant, "", 10));
    }

    private static async Task<(long Delivered, long Complaints)> CountsAsync(GridBed bed)
    {
        var counters = (await bed.TenantGrain().View()).Counters;
        return (counters.Delivered, counters.Complaints);
    }

    private static async Task<MessageId> DeliveredAsync(GridBed bed, params string[] recipients)
    {
        var id = await bed.SubmitAsync(recipients);
        await Until.Async(() => bed.Spool.FindAsync(id).AsTask().GetAwaiter().GetResult()!.Live.Count == 0, "it is delivered");
        await Until.Async(() => bed.TenantGrain().View().AsTask().GetAwaiter().GetResult().Counters.Delivered == recipients.Length, "it is counted");
        return id;
    }

    private static async Task<GridBed> StartAsync()
    {
        var bed = await GridBed.StartAsync(new() { Run = true });
        await bed.PutTenantAsync();
        return bed;
    }
}
