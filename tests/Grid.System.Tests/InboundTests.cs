using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>The listener for what comes back, over kill -9 and amid a crowd.</summary>
[Collection(LoadCollection.Name)]
public sealed class InboundTests
{
    private const int Mails = 3000;
    private const int Kills = 4;
    private const int Hosts = 8;

    [Theory]
    [InlineData(GridStoreKind.Sqlite)]
    [InlineData(GridStoreKind.PostgreSql)]
    public async Task Kills_lose_nothing_that_was_answered_with_250(GridStoreKind store)
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port).On(store));
        var key = await grid.Api.TenantAsync("acme");
        await grid.Api.SendAsync(key, Enumerable.Range(0, Mails).Select(i => GridApi.Message("acme", $"u{i}@d{i % 7}.example")));
        var received = await receiver.ReceivesAsync(Mails, 120);
        await Eventually.BecomesAsync(() => grid.CounterAsync("acme", "delivered"), count => count == Mails, 60, "the counter");

        // A third each of bounces, unsubscriptions and letters. What gets no 250 is tried again, as mail servers do.
        var waiting = new ConcurrentQueue<(int Number, Returns What)>(received.Select((message, i) => (i, (i % 3) switch
        {
            0 => Returns.Bounce(message),
            1 => Returns.Unsubscription(message),
            _ => Returns.Letter($"letter {i}"),
        })));
        var taken = new ConcurrentDictionary<int, string>();
        var random = new Random(5);
        for (var kill = 0; kill < Kills; kill++)
        {
            var target = taken.Count + 100 + random.Next(400);
            var hosts = Task.WhenAll(Enumerable.Range(0, Hosts).Select(_ => DeliverAsync(grid, waiting, taken)));
            await Eventually.BecomesAsync(() => taken.Count, count => count >= target, 60, "mails taken before the kill");
            await Task.Delay(random.Next(20), TestContext.Current.CancellationToken);
            await grid.KillAsync();
            await hosts;
            await grid.StartAgainAsync();

            // Whatever had its 250 is there, before anything is tried again.
            await AllThereAsync(grid, key, received, taken);
        }

        Assert.NotEmpty(waiting);
        await Task.WhenAll(Enumerable.Range(0, Hosts).Select(_ => DeliverAsync(grid, waiting, taken)));
        Assert.Equal(Mails, taken.Count);
        var events = await AllThereAsync(grid, key, received, taken);

        // Nothing counted twice, whatever was tried again.
        Assert.Equal(Mails / 3, events.Count(e => e.Type == "bounced"));
        Assert.Equal(Mails / 3, events.Count(e => e.Type == "unsubscribed"));
        Assert.Equal(Mails / 3, await grid.CounterAsync("acme", "hardBounces"));
        Assert.Equal(Mails / 3, await grid.CounterAsync("acme", "unsubscribes"));
        Assert.Equal(0, await grid.StopAsync());
    }

    [Fact]
    public async Task Bounce_is_taken_amid_a_thousand_idle_and_a_hundred_slow_connections()
    {
        await using var receiver = new RecordingReceiver();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(receiver.Port));
        var key = await grid.Api.TenantAsync("acme");
        var ids = await grid.Api.SendAsync(key, Enumerable.Range(0, 20).Select(i => GridApi.Message("acme", $"u{i}@d.example")));
        var received = await receiver.ReceivesAsync(20, 60);
        await Eventually.BecomesAsync(() => grid.CounterAsync("acme", "delivered"), count => count == 20, 60, "the counter");
        var crowd = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 1100; i++)
            {
                crowd.Add(await JoinAsync(grid, IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.3.{1 + (i / 110)}")), isSlow: i % 11 == 0));
            }

            var waits = new List<TimeSpan>();
            foreach (var message in received)
            {
                var began = Stopwatch.GetTimestamp();
                using var client = await SubmissionClient.ConnectAsync(grid.InboundPort);
                await client.SayAsync("EHLO mx.example");
                var bounce = Returns.Bounce(message);
                Assert.StartsWith("250", await client.SendAsync(bounce.From, bounce.To, bounce.Mail));
                waits.Add(Stopwatch.GetElapsedTime(began));
            }

            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a bounce was taken {waits.Average(w => w.TotalMilliseconds):0.0} ms after its connection was opened, the slowest of {waits.Count} {waits.Max().TotalMilliseconds:0.0} ms"));
        }
        finally
        {
            crowd.ForEach(static client => client.Dispose());
        }

        foreach (var id in ids)
        {
            Assert.Equal("bounced", (await grid.Api.GetAsync($"/v1/messages/{id}", key)).TextAt("state"));
        }
    }

    /// <summary>A host that delivers one after the other until none is left or the grid is gone.</summary>
    private static async Task DeliverAsync(GridProcess grid, ConcurrentQueue<(int Number, Returns What)> waiting, ConcurrentDictionary<int, string> taken)
    {
        (int, Returns)? open = null;
        try
        {
            using var client = await SubmissionClient.ConnectAsync(grid.InboundPort);
            await client.SayAsync("EHLO receiver.example");
            while (waiting.TryDequeue(out var next))
            {
                open = next;
                var reply = await client.SendAsync(next.What.From, next.What.To, next.What.Mail);
                Assert.StartsWith("250", reply);
                Assert.True(taken.TryAdd(next.Number, reply));
                open = null;
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            if (open is { } lost)
            {
                waiting.Enqueue(lost);
            }
        }
    }

    /// <summary>Checks that each mail that was answered with 250 had its effect; returns all outcomes.</summary>
    private static async Task<IReadOnlyList<(string Type, string Recipient)>> AllThereAsync(
        GridProcess grid, string key, IReadOnlyList<Received> received, ConcurrentDictionary<int, string> taken)
    {
        var events = await EventsAsync(grid, key);
        var known = events.ToHashSet();
        foreach (var (number, reply) in taken)
        {
            var recipient = received[number].Recipients[0];
            switch (number % 3)
            {
                case 0:
                    Assert.Contains(("bounced", recipient), known);
                    break;
                case 1:
                    Assert.Contains(("unsubscribed", recipient), known);
                    break;
                default:
                    var found = await grid.Api.GetAsync($"/v1/abuse/{reply[(reply.LastIndexOf(' ') + 1)..]}");
                    Assert.Equal($"letter {number}", found.TextAt("words"));
                    break;
            }
        }

        return events;
    }

    private static async Task<IReadOnlyList<(string Type, string Recipient)>> EventsAsync(GridProcess grid, string key)
    {
        var events = new List<(string, string)>();
        for (var after = ""; ;)
        {
            var page = await grid.Api.GetAsync($"/v1/events?limit=1000&after={after}", key);
            var found = page.At("events").EnumerateArray().ToList();
            events.AddRange(found.Select(e => (e.GetProperty("type").GetString()!, e.GetProperty("recipient").GetString()!)));
            if (found.Count == 0)
            {
                return events;
            }

            after = page.TextAt("next");
        }
    }

    /// <summary>A connection that says nothing, or one that has begun a message and stays there.</summary>
    private static async Task<TcpClient> JoinAsync(GridProcess grid, IPAddress from, bool isSlow)
    {
        var client = new TcpClient(AddressFamily.InterNetwork);
        client.Client.Bind(new IPEndPoint(from, 0));
        await client.ConnectAsync(IPAddress.Loopback, grid.InboundPort, TestContext.Current.CancellationToken);
        if (isSlow)
        {
            await client.GetStream().WriteAsync("EHLO slow.example\r\nMAIL FROM:<>\r\nRCPT TO:<abuse@bounces.localhost>\r\nDATA\r\nSub"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        return client;
    }
}
