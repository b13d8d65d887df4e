using System.Collections.Concurrent;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>What a kill -9 under load may cost: nothing that was accepted, and no more duplicates than transactions were open.</summary>
[Collection(LoadCollection.Name)]
public sealed class KillTests
{
    private const int Kills = 3;
    private const int Feeders = 4;

    [Theory]
    [InlineData(GridStoreKind.Sqlite)]
    [InlineData(GridStoreKind.PostgreSql)]
    public async Task Kill_under_load_loses_nothing_and_counts_what_arrived(GridStoreKind store)
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port).On(store));
        var key = await grid.Api.TenantAsync("acme");
        var accepted = new ConcurrentBag<string>();
        for (var round = 0; round < Kills; round++)
        {
            var feeders = Enumerable.Range(0, Feeders).Select(feeder => FeedAsync(grid, key, $"r{round}-f{feeder}", accepted)).ToList();
            var before = receiver.Count;
            await Eventually.BecomesAsync(() => receiver.Count, count => count > before + 500, 60, "messages received before the kill");
            await grid.KillAsync();
            await Task.WhenAll(feeders);
            await grid.StartAgainAsync();
        }

        Assert.NotEmpty(accepted);
        await Eventually.BecomesAsync(async () => (await grid.Api.GetAsync("/v1/queue")).NumberAt("total"), total => total == 0, 120, "the queue");
        var arrived = receiver.Messages.CountBy(message => message.Subject).ToDictionary();
        var lost = accepted.Where(tag => !arrived.ContainsKey(tag)).ToList();
        var duplicates = arrived.Values.Sum(times => times - 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted.Count} accepted, {receiver.Count} received, {duplicates} of them again, {receiver.MostOpen} connections at most");

        Assert.True(lost.Count == 0, $"{lost.Count} of {accepted.Count} accepted messages are missing, the first of them {lost.FirstOrDefault()}");

        // A connection has one transaction whose end may be under way, and at most one more behind it.
        var open = 2 * receiver.MostOpen;
        Assert.True(duplicates <= Kills * open, $"{duplicates} duplicates after {Kills} kills with at most {open} transactions open");

        // A delivery whose 250 was cut off is counted when it is delivered again: once a message, never more often than it arrived.
        var counted = await Eventually.BecomesAsync(() => grid.CounterAsync("acme", "delivered"), count => count >= arrived.Count, 30, $"the counter (of {arrived.Count})");
        Assert.InRange(counted, arrived.Count, receiver.Count);
        await Eventually.BecomesAsync(() => DomainsAsync(grid), count => count == counted, 30, $"the domains' counters together (of {counted})");

        // Of a delivery that was acknowledged just before a kill it is known that it was made, but not over which IP.
        Assert.InRange((await grid.Api.GetAsync("/v1/ips/0.0.0.0")).NumberAt("counters.delivered"), 1, counted);
        Assert.Equal(0, await grid.StopAsync());
    }

    private static async Task<long> DomainsAsync(GridProcess grid)
    {
        var names = from round in Enumerable.Range(0, Kills) from feeder in Enumerable.Range(0, Feeders) select $"r{round}-f{feeder}.example";
        var sum = 0L;
        foreach (var name in names)
        {
            sum += (await grid.Api.GetAsync($"/v1/domains/{name}")).NumberAt("counters.delivered");
        }

        return sum;
    }

    /// <summary>Sends batches until the grid is gone. Only what was answered with 202 counts as accepted.</summary>
    private static async Task FeedAsync(GridProcess grid, string key, string name, ConcurrentBag<string> accepted)
    {
        for (var number = 0; ; number++)
        {
            var tags = Enumerable.Range(0, 50).Select(i => $"{name}-{number}-{i}").ToList();
            var answer = await grid.Api.PostAsync("/v1/messages/batch", new { messages = tags.Select(tag => GridApi.Message("acme", $"{tag}@{name}.example", tag)) }, key);
            if (answer.Status == 0)
            {
                return;
            }

            Assert.True(answer.Status == 202, answer.ToString());
            tags.ForEach(accepted.Add);
        }
    }
}
