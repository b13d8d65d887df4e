using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>The complaint cutoff of 0.1 %: not at it, but above it, at once, with its figures; and the ways back and out.</summary>
[Collection(LoadCollection.Name)]
public sealed class CutoffTests
{
    private const string Contact = "ops@acme.example";
    private const int Delivered = 10_000;

    [Theory]
    [InlineData(GridStoreKind.Sqlite)]
    public async Task Complaints_above_a_thousandth_suspend_hold_and_teach(GridStoreKind store)
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port).On(store));
        var key = await grid.Api.TenantAsync("acme");
        await grid.Api.SendAsync(key, Enumerable.Range(0, Delivered).Select(i => GridApi.Message("acme", $"u{i}@d{i % 7}.example")));
        var messages = await receiver.ReceivesAsync(Delivered, 120);
        await Eventually.BecomesAsync(() => grid.CounterAsync("acme", "delivered"), count => count == Delivered, 60, "the counter");

        // At 10 of 10,000 the tenant is in business, however often one of them is reported; the eleventh is one too many.
        foreach (var message in messages.Take(10).Append(messages[0]))
        {
            await ComplainAsync(grid, message);
        }

        Assert.Equal(10, await grid.CounterAsync("acme", "complaints"));
        Assert.Contains(await grid.StateAsync("acme"), (string[])["active", "warned"]);
        var held = await HoldAsync(grid, key, "later.example", 5);
        await ComplainAsync(grid, messages[10]);
        await Eventually.BecomesAsync(() => grid.StateAsync("acme"), state => state == "suspended", 10, "the state");

        var decision = await grid.Api.GetAsync("/v1/decisions?subject=tenant/acme");
        Assert.Equal("suspended", decision.TextAt("decisions.0.to"));
        Assert.Equal("complaint-cutoff", decision.TextAt("decisions.0.clause"));
        Assert.Equal("grid", decision.TextAt("decisions.0.by"));
        Assert.Equal(11, decision.NumberAt("decisions.0.figures.complaints"));
        Assert.Equal(Delivered, decision.NumberAt("decisions.0.figures.delivered"));
        var refused = await grid.Api.PostAsync("/v1/messages", GridApi.Message("acme", "x@y.example"), key);
        Assert.Equal(403, refused.Status);
        Assert.Equal("complaint-cutoff", refused.TextAt("clause"));
        Assert.Equal("suspended", refused.TextAt("state"));
        using (var client = await SubmissionClient.SignedInAsync(grid.SubmissionPort, "acme", key))
        {
            var reply = await client.SendAsync("news@acme.example", "x@y.example", "From: news@acme.example\r\nSubject: x\r\n\r\nx\r\n"u8.ToArray());
            Assert.StartsWith("550 5.7.1", reply);
            Assert.Contains("complaint-cutoff", reply, StringComparison.Ordinal);
        }

        // What was queued stays queued, over a restart too, and flows when an operator lets the tenant back.
        await grid.Api.PostAsync("/v1/queue/resume", new { domain = "later.example" });
        Assert.Equal(0, await grid.StopAsync());
        await grid.StartAgainAsync();
        Assert.Equal("suspended", await grid.StateAsync("acme"));
        foreach (var id in held)
        {
            await grid.MessageBecomesAsync(id, key, "queued");
        }

        Assert.Equal(Delivered, Mails(receiver));
        Assert.Equal(200, (await grid.Api.PostAsync("/v1/tenants/acme/state", new { state = "active", reason = "the list was cleaned" })).Status);
        await Eventually.BecomesAsync(() => Mails(receiver), seen => seen == Delivered + held.Count, 60, "what was held");
        await Eventually.BecomesAsync(() => grid.CounterAsync("acme", "delivered"), count => count == held.Count, 30, "the counter of the new window");
        Assert.Equal(0, await grid.CounterAsync("acme", "complaints"));
        Assert.Equal(202, (await grid.Api.PostAsync("/v1/messages", GridApi.Message("acme", "x@y.example"), key)).Status);
        await Eventually.BecomesAsync(() => Mails(receiver), seen => seen == Delivered + held.Count + 1, 30, "one more");

        // Terminated is for ever, and its queue ends.
        held = await HoldAsync(grid, key, "never.example", 3);
        Assert.Equal(200, (await grid.Api.PostAsync("/v1/tenants/acme/state", new { state = "terminated", reason = "fraud" })).Status);
        foreach (var id in held)
        {
            await grid.MessageBecomesAsync(id, key, "cancelled");
        }

        Assert.Equal(409, (await grid.Api.PostAsync("/v1/tenants/acme/state", new { state = "active", reason = "a second thought" })).Status);
        Assert.Equal(403, (await grid.Api.PostAsync("/v1/messages", GridApi.Message("acme", "x@y.example"), key)).Status);
        await grid.Api.PostAsync("/v1/queue/resume", new { domain = "never.example" });
        Assert.Equal(0, await grid.StopAsync());
        await grid.StartAgainAsync();
        Assert.Equal("terminated", await grid.StateAsync("acme"));

        // The notice of it may still be on its way.
        await Eventually.BecomesAsync(() => grid.Api.GetAsync("/v1/queue"), queue => queue.NumberAt("total") == 0, 30, "the queue");
        Assert.DoesNotContain(receiver.Messages, message => message.Recipients[0].EndsWith("@never.example", StringComparison.Ordinal));

        // The tenant's contact was told of each step once, over the restarts too.
        string[] told = ["Warning about what you send", "Your account is suspended", "Your account is active again", "Your account is terminated"];
        await Eventually.BecomesAsync(() => Notices(receiver).Count, seen => seen == told.Length, 30, "the notices");
        Assert.Equal(told, told.Where(subject => Notices(receiver).Count(header => header.Contains($"\r\nSubject: {subject}\r\n", StringComparison.Ordinal)) == 1));
    }

    private static int Mails(RecordingReceiver receiver) => receiver.Messages.Count(message => message.Recipients[0] != Contact);

    private static List<string> Notices(RecordingReceiver receiver) => [.. receiver.Messages.Where(message => message.Recipients[0] == Contact).Select(message => message.Header)];

    private static async Task ComplainAsync(GridProcess grid, Received message)
    {
        var answer = await grid.Api.CallAsync(HttpMethod.Post, "/v1/feedback", Complaint.About(message), type: Complaint.MediaType);
        Assert.True(answer.Status is 200 or 202, answer.ToString());
        Assert.True(answer.At("matched").GetBoolean(), answer.ToString());
    }

    /// <summary>Queues messages that don't leave, as their domain is paused.</summary>
    private static async Task<IReadOnlyList<string>> HoldAsync(GridProcess grid, string key, string domain, int count)
    {
        Assert.Equal(200, (await grid.Api.PostAsync("/v1/queue/pause", new { domain })).Status);
        return await grid.Api.SendAsync(key, Enumerable.Range(0, count).Select(i => GridApi.Message("acme", $"u{i}@{domain}")));
    }
}
