using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>A repeat under the same key keeps nothing more, whatever happens in between.</summary>
public sealed class IdempotencyTests
{
    [Theory]
    [InlineData(GridStoreKind.Sqlite)]
    [InlineData(GridStoreKind.PostgreSql)]
    public async Task Post_repeated_after_a_kill_is_answered_as_the_first_and_sent_once(GridStoreKind store)
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port).On(store));
        var key = await grid.Api.TenantAsync("acme");
        var first = await PostAsync(grid, key, "order-1", "one");
        Assert.Equal(202, first.Status);
        await grid.MessageBecomesAsync(first.TextAt("id"), key, "delivered");

        await grid.KillAsync();
        await grid.StartAgainAsync();
        var again = await PostAsync(grid, key, "order-1", "one");
        var other = await PostAsync(grid, key, "order-1", "another body under the same key");

        Assert.Equal(202, again.Status);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(422, other.Status);
        Assert.Equal(202, (await PostAsync(grid, key, "order-2", "two")).Status);
        await Eventually.BecomesAsync(() => receiver.Messages.Any(m => m.Subject == "two"), arrived => arrived, 30, "the next message");
        Assert.Equal(0, await grid.StopAsync());
        Assert.Single(receiver.Messages, m => m.Subject == "one");
    }

    [Fact]
    public async Task Post_repeated_in_parallel_gives_one_message()
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port));
        var key = await grid.Api.TenantAsync("acme");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => PostAsync(grid, key, "order-1", "one")));

        Assert.All(answers, answer => Assert.Equal(202, answer.Status));
        Assert.Single(answers.Select(answer => answer.TextAt("id")).Distinct());
        await receiver.ReceivesAsync(1, 30);
        Assert.Equal(0, await grid.StopAsync());
        Assert.Single(receiver.Messages);
    }

    private static Task<ApiAnswer> PostAsync(GridProcess grid, string key, string idempotencyKey, string subject) =>
        grid.Api.CallAsync(HttpMethod.Post, "/v1/messages", GridApi.Message("acme", "someone@client.example", subject), key, null, ("Idempotency-Key", idempotencyKey));
}
