using System.Text.Json.Nodes;
using Grid.Core.Vocabulary;
using Grid.Host.Webhooks;

namespace Grid.Host.Tests.Webhooks;

public sealed class WebhookRunnerTests
{
    [Fact]
    public async Task StepAsync_every_outcome_is_sent_once_in_order_in_batches_of_at_most_500()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        await scene.LogAsync(600, kinds: [OutcomeKind.Deferred, OutcomeKind.Delivered]);
        await using var runner = await scene.RunnerAsync();

        Assert.IsType<WebhookStep.Idle>(await scene.RunAsync(runner));

        Assert.Equal(Enumerable.Range(1, 1200).Select(n => (long)n), scene.Posted.SelectMany(p => p.Positions));
        Assert.Equal([500, 500, 200], scene.Posted.Select(p => p.Positions.Count));
        Assert.Equal(["msg_grid-1-500", "msg_grid-501-1000", "msg_grid-1001-1200"], scene.Posted.Select(p => p.Id));
    }

    [Fact]
    public async Task StepAsync_other_tenants_outcomes_and_unwanted_kinds_are_not_sent()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync(webhook => webhook with { Events = OutcomeSet.Of(OutcomeKind.Deferred) });
        await scene.LogAsync(2, "globex");
        await scene.LogAsync(2, kinds: [OutcomeKind.Deferred, OutcomeKind.Delivered]);
        await scene.LogAsync(2, "globex");
        await using var runner = await scene.RunnerAsync();

        await scene.RunAsync(runner);

        Assert.Equal([3L, 4L], scene.Posted.SelectMany(p => p.Positions));
    }

    [Fact]
    public async Task StepAsync_receiver_down_for_an_hour_gets_the_same_batch_again_and_then_everything()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        await scene.LogAsync(3);
        scene.Answers = _ => scene.Clock.GetUtcNow() < RunnerScene.Start.AddHours(1) ? new WebhookAnswer.Failed("no connection") : new WebhookAnswer.Taken();
        await using var runner = await scene.RunnerAsync();
        await runner.StepAsync(default);
        await scene.LogAsync(2);

        await scene.RunAsync(runner);

        var failed = scene.Posted.Where(p => !p.Taken).ToList();
        Assert.Equal(6, failed.Count);
        Assert.All(failed, p => Assert.Equal(("msg_grid-1-3", 3), (p.Id, p.Positions.Count)));
        Assert.Equal([1L, 2L, 3L, 4L, 5L], scene.Posted.Where(p => p.Taken).SelectMany(p => p.Positions));
        Assert.Null(runner.Progress.FailingSince);
    }

    [Fact]
    public async Task StepAsync_receiver_that_flaps_gets_every_outcome_at_least_once_and_in_order()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        scene.Answers = n => n % 3 == 0 ? new WebhookAnswer.Taken() : new WebhookAnswer.Failed("500");
        await using var runner = await scene.RunnerAsync();
        for (var i = 0; i < 30; i++)
        {
            await scene.LogAsync(7, kinds: [OutcomeKind.Deferred, OutcomeKind.Delivered]);
            await scene.RunAsync(runner);
        }

        Assert.Equal(Enumerable.Range(1, 420).Select(n => (long)n), scene.Posted.Where(p => p.Taken).SelectMany(p => p.Positions));
        Assert.Equal(scene.Posted.Select(p => p.Positions[0]).Order(), scene.Posted.Select(p => p.Positions[0]));
    }

    [Fact]
    public async Task StepAsync_after_a_kill_it_goes_on_from_what_the_receiver_took()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        await scene.LogAsync(1100);
        await (await scene.RunnerAsync()).StepAsync(default);
        var killed = await scene.RunnerAsync();
        await killed.StepAsync(default);
        scene.Answers = n => n == 3 ? new WebhookAnswer.Failed("lost") : new WebhookAnswer.Taken();
        await killed.StepAsync(default);
        await using var runner = await scene.RunnerAsync();

        await scene.RunAsync(runner);

        Assert.Equal(Enumerable.Range(1, 1100).Select(n => (long)n), scene.Posted.Where(p => p.Taken).SelectMany(p => p.Positions));
        Assert.Equal(scene.Posted[2].Id, scene.Posted[3].Id);
    }

    [Fact]
    public async Task StepAsync_three_days_without_success_pause_it_and_nothing_is_lost_when_it_is_resumed()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        await scene.LogAsync(3);
        scene.Answers = _ => new WebhookAnswer.Failed("500");
        await using (var runner = await scene.RunnerAsync())
        {
            Assert.IsType<WebhookStep.Paused>(await scene.RunAsync(runner));
        }

        var paused = (await scene.Store.Webhooks.FindAsync("acme", "main"))!;
        Assert.Equal("no success for 3 days; last: 500", paused.PauseReason);
        Assert.Equal(paused.PauseReason, Assert.Single(scene.Told).PauseReason);
        Assert.InRange(scene.Clock.GetUtcNow() - RunnerScene.Start, TimeSpan.FromDays(3), TimeSpan.FromDays(3.25));

        scene.Answers = _ => new WebhookAnswer.Taken();
        await scene.Store.Webhooks.PutAsync(paused with { PausedAt = null, PauseReason = null });
        await using var again = await scene.RunnerAsync();
        await scene.RunAsync(again);
        Assert.Equal([1L, 2L, 3L], scene.Posted.Where(p => p.Taken).SelectMany(p => p.Positions));
    }

    [Fact]
    public async Task StepAsync_410_pauses_at_once()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        await scene.LogAsync(1);
        scene.Answers = _ => new WebhookAnswer.Gone();
        await using var runner = await scene.RunnerAsync();

        Assert.IsType<WebhookStep.Paused>(await scene.RunAsync(runner));

        Assert.Single(scene.Posted);
        Assert.NotNull((await scene.Store.Webhooks.FindAsync("acme", "main"))!.PausedAt);
    }

    [Fact]
    public async Task KeepIdleAsync_a_webhook_that_wants_nothing_keeps_up_with_the_log()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        await using var runner = await scene.RunnerAsync();
        await scene.RunAsync(runner);
        await scene.LogAsync(20, "globex");

        await runner.KeepIdleAsync(21);
        Assert.Null(await scene.Store.Webhooks.ReadProgressAsync("acme", "main"));
        await runner.KeepIdleAsync(20);
        Assert.Equal(20, (await scene.Store.Webhooks.ReadProgressAsync("acme", "main"))!.Position);

        await scene.LogAsync(1);
        await runner.KeepIdleAsync(1);
        await scene.RunAsync(runner);
        Assert.Equal([21L], scene.Posted.SelectMany(p => p.Positions));
    }

    [Fact]
    public async Task StepAsync_after_many_outcomes_of_others_only_the_new_one_is_read()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        await using var runner = await scene.RunnerAsync();
        await scene.LogAsync(1);
        await scene.RunAsync(runner);
        await scene.LogAsync(300, "globex");
        await scene.LogAsync(1);
        scene.Reads.ReadAfter.Clear();

        await scene.RunAsync(runner);

        Assert.Equal([301L], scene.Reads.ReadAfter);
        Assert.Equal([1L, 302L], scene.Posted.SelectMany(p => p.Positions));
    }

    [Fact]
    public async Task StepAsync_news_between_others_is_never_skipped()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        await using var runner = await scene.RunnerAsync();
        for (var i = 0; i < 5; i++)
        {
            await scene.LogAsync(3, "globex");
            await scene.LogAsync(1);
            await scene.LogAsync(2, "globex");
            await scene.LogAsync(1);
            if (i % 2 == 0)
            {
                await scene.RunAsync(runner);
            }
        }

        await scene.RunAsync(runner);

        Assert.Equal(Enumerable.Range(0, 5).SelectMany(i => (long[])[(7 * i) + 4, (7 * i) + 7]), scene.Posted.SelectMany(p => p.Positions));
    }

    [Fact]
    public async Task StepAsync_large_outcomes_are_cut_into_batches_by_size()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync();
        await scene.LogAsync(500);
        var log = await scene.Store.Outcomes.ReadAsync(0, 500);
        var large = new string('x', 4000);
        var labels = log.Select(r => r.Key.Message).Distinct().ToDictionary(id => id, _ => new MessageLabels(null, "{\"metadata\":{\"a\":\"" + large + "\"}}"));

        var batch = WebhookBatch.Make(scene.Webhook, log, labels, "grid", RunnerScene.Start);

        Assert.InRange(batch.Json.Length, WebhookBatch.MaxBytes, WebhookBatch.MaxBytes + 8192);
        Assert.Equal(batch.Count, batch.Through);
        Assert.InRange(batch.Count, 1, 499);
    }

    [Fact]
    public async Task Batch_of_sendgrid_has_its_names_categories_and_custom_arguments()
    {
        await using var scene = new RunnerScene();
        await scene.OpenAsync(webhook => webhook with { Format = WebhookFormat.SendGrid, Secret = WebhookSecrets.Make(WebhookFormat.SendGrid) });
        await scene.LogAsync(1, kinds: [OutcomeKind.Deferred, OutcomeKind.Bounced]);
        await using var runner = await scene.RunnerAsync();

        await scene.RunAsync(runner);

        var events = JsonNode.Parse(scene.LastJson)!.AsArray();
        Assert.Equal(["deferred", "bounce"], events.Select(e => e!["event"]!.GetValue<string>()));
        var bounce = events[1]!.AsObject();
        Assert.Equal(("u0@r.example", 1767225600L, "bounce", "550 5.1.1 no such user", "5.1.1", "7"), (
            bounce["email"]!.GetValue<string>(), bounce["timestamp"]!.GetValue<long>(), bounce["type"]!.GetValue<string>(), bounce["reason"]!.GetValue<string>(),
            bounce["status"]!.GetValue<string>(), bounce["order"]!.GetValue<string>()));
        Assert.Equal(["a", "b"], bounce["category"]!.AsArray().Select(c => c!.GetValue<string>()));
        Assert.NotEqual(events[0]!["sg_event_id"]!.GetValue<string>(), bounce["sg_event_id"]!.GetValue<string>());
    }
}
