using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Outcomes;

public abstract class WebhooksTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task PutAsync_a_webhook_and_its_progress_are_there_after_a_restart()
    {
        var store = await OpenAsync();
        var webhook = Webhook("acme", "main") with
        {
            OldSecret = new byte[] { 9 },
            OldSecretUntil = Mail.Start.AddDays(1),
            PausedAt = Mail.Start,
            PauseReason = "too many failures",
        };
        var progress = new WebhookProgress("acme", "main", 7)
        {
            Through = 9,
            Attempts = 3,
            FailingSince = Mail.Start,
            NextAt = Mail.Start.AddSeconds(1),
            LastSuccessAt = Mail.Start.AddSeconds(2),
            LastFailureAt = Mail.Start.AddSeconds(3),
            LastError = "500",
        };
        await store.Webhooks.PutAsync(webhook);
        await store.Webhooks.WriteProgressAsync(progress);
        store = await ReopenAsync(store);

        var found = await store.Webhooks.FindAsync("acme", "main");
        Assert.Equal([1, 2, 3], found!.Secret.ToArray());
        Assert.Equal([9], found.OldSecret!.Value.ToArray());
        Assert.Equal(webhook, found with { Secret = webhook.Secret, OldSecret = webhook.OldSecret });
        Assert.Equal(progress, await store.Webhooks.ReadProgressAsync("acme", "main"));
        Assert.Null(await store.Webhooks.FindAsync("acme", "other"));
        Assert.Null(await store.Webhooks.ReadProgressAsync("globex", "main"));
    }

    [Fact]
    public async Task PutAsync_again_replaces_all_but_the_time_of_creation()
    {
        var store = await OpenAsync();
        await store.Webhooks.PutAsync(Webhook("acme", "main"));
        await store.Webhooks.PutAsync(Webhook("acme", "main") with { Url = "https://b.example/", Events = OutcomeSet.Of(OutcomeKind.Bounced), CreatedAt = Mail.Start.AddDays(1) });

        var found = (await store.Webhooks.FindAsync("acme", "main"))!;
        Assert.Equal(("https://b.example/", OutcomeSet.Of(OutcomeKind.Bounced), Mail.Start), (found.Url, found.Events, found.CreatedAt));
    }

    [Fact]
    public async Task RemoveAsync_takes_the_progress_along_and_later_progress_is_dropped()
    {
        var store = await OpenAsync();
        await store.Webhooks.PutAsync(Webhook("acme", "main"));
        await store.Webhooks.WriteProgressAsync(new("acme", "main", 7));
        Assert.True(await store.Webhooks.RemoveAsync("acme", "main"));
        Assert.False(await store.Webhooks.RemoveAsync("acme", "main"));
        await store.Webhooks.WriteProgressAsync(new("acme", "main", 8));

        Assert.Null(await store.Webhooks.ReadProgressAsync("acme", "main"));
    }

    [Fact]
    public async Task ListAsync_pages_over_all_tenants()
    {
        var store = await OpenAsync();
        foreach (var (tenant, name) in new[] { ("b", "1"), ("a", "2"), ("a", "1"), ("B", "1") })
        {
            await store.Webhooks.PutAsync(Webhook(tenant, name));
        }

        Assert.Equal([("B", "1"), ("a", "1")], (await store.Webhooks.ListAsync("", "", 2)).Select(w => (w.Tenant, w.Name)));
        Assert.Equal([("a", "2"), ("b", "1")], (await store.Webhooks.ListAsync("a", "1", 10)).Select(w => (w.Tenant, w.Name)));
        Assert.Equal(["1", "2"], (await store.Webhooks.ListAsync("a")).Select(w => w.Name));
    }

    [Theory]
    [InlineData(-10, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    [InlineData(150, 147)]
    [InlineData(1000, 200)]
    public async Task PositionBeforeAsync_leads_to_an_hour_before(int hours, int expected)
    {
        var store = await OpenAsync();
        var message = Mail.Message(1, recipients: 200);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        // Recipient 0 at 2:00, each later one an hour after.
        await store.Spool.SettleAsync([.. message.Envelopes.Select((envelope, i) => Mail.Settle(envelope, at: Mail.Start.AddHours(i + 2)))]);

        var position = await store.LookUp.PositionBeforeAsync(Mail.Start.AddHours(hours));

        // A step looks at 64 neighbours: it may stop up to 63 early, never late.
        Assert.InRange(position, Math.Max(0, expected - 63), expected);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(15, -14)]
    public async Task PositionBeforeAsync_the_first_hour_of_all_is_before_everything(int hours, int offset)
    {
        var store = await OpenAsync();
        await store.Spool.AcceptAsync(Mail.Accept(Mail.Message(1)));

        Assert.Equal(0, await store.LookUp.PositionBeforeAsync(new(DateTime.MinValue.AddMinutes(Math.Max(0, (hours + offset) * 60)), TimeSpan.FromHours(offset))));
    }

    [Fact]
    public async Task PositionBeforeAsync_records_logged_late_do_not_hide_earlier_ones()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1, recipients: 200);
        await store.Spool.AcceptAsync(Mail.Accept(message));
        // Every other record is of a day before.
        await store.Spool.SettleAsync([.. message.Envelopes.Select((envelope, i) => Mail.Settle(envelope, at: Mail.Start.AddHours(i).AddDays(i % 2 == 0 ? 0 : -1)))]);

        for (var hour = 0; hour < 200; hour++)
        {
            var position = await store.LookUp.PositionBeforeAsync(Mail.Start.AddHours(hour));
            Assert.DoesNotContain(await store.Outcomes.ReadAsync(0, (int)position), record => record.Position <= position && record.At >= Mail.Start.AddHours(hour));
        }
    }

    [Fact]
    public async Task LabelsAsync_finds_what_was_said_of_messages()
    {
        var store = await OpenAsync();
        var message = Mail.Message(1);
        await store.Spool.AcceptAsync(Mail.Accept(message));

        var labels = await store.LookUp.LabelsAsync([message.Id, Mail.Id(2)]);

        Assert.Equal(new MessageLabels("spring", "{\"subject\":\"hello\"}"), Assert.Single(labels).Value);
    }

    private static Webhook Webhook(string tenant, string name) =>
        new(tenant, name, "https://a.example/hook", OutcomeSet.All, WebhookFormat.Standard, new byte[] { 1, 2, 3 }, Mail.Start);
}
