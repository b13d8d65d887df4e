using System.Text;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>Real mail with all its faults to a real mail server: what comes out is what went in.</summary>
[Collection(LoadCollection.Name)]
public sealed class PostfixTests
{
    private const int Clients = 4;

    [Theory]
    [InlineData("SMTP")]
    [InlineData("HTTP")]
    public async Task Real_mail_arrives_once_byte_for_byte_or_is_refused_with_a_reason(string way)
    {
        var corpus = SpamCorpus.Read();
        await using var postfix = await PostfixServer.StartAsync();
        await using var grid = await GridProcess.StartAsync(GridSetup.RoutedTo(postfix.Port));
        var key = await grid.Api.TenantAsync("acme");

        var refusals = new string?[corpus.Count];
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => way == "SMTP"
            ? SubmitAsync(grid, key, corpus.Where(message => message.Number % Clients == client), refusals)
            : PostAsync(grid, key, corpus.Where(message => message.Number % Clients == client), refusals)));
        await Eventually.BecomesAsync(async () => (await grid.Api.GetAsync("/v1/queue")).NumberAt("total"), total => total == 0, 240, "the grid's queue");
        var events = await EventsAsync(grid, key);
        var delivered = events.Where(e => e.Type == "delivered").Select(e => e.Recipient).ToHashSet();
        await Eventually.BecomesAsync(postfix.Count, count => count >= delivered.Count, 240, $"the mailbox (of {delivered.Count})");

        var mailbox = postfix.Read();
        var table = new CorpusTable();
        foreach (var message in corpus)
        {
            var arrived = mailbox[Address(message)].ToList();
            var bounce = events.FirstOrDefault(e => e.Type == "bounced" && e.Recipient == Address(message));
            table.Add(message, refusals[message.Number], bounce?.Words, arrived, delivered.Contains(Address(message)));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString(way));
        Assert.True(table.Faults.Count == 0, string.Join(Environment.NewLine, table.Faults.Take(20)));
        Assert.True(table.Arrived > corpus.Count * 9 / 10, $"only {table.Arrived} of {corpus.Count} messages arrived");
        Assert.Equal(0, await grid.StopAsync());
    }

    private static string Address(CorpusMessage message) => $"m{message.Number}@{PostfixServer.Domain}";

    private static async Task SubmitAsync(GridProcess grid, string key, IEnumerable<CorpusMessage> messages, string?[] refusals)
    {
        var client = await SubmissionClient.SignedInAsync(grid.SubmissionPort, "acme", key);
        foreach (var message in messages)
        {
            var reply = await client.SendAsync("news@acme.example", Address(message), message.From("news@acme.example"), " BODY=8BITMIME");
            refusals[message.Number] = reply.StartsWith('2') ? null : reply;
            if (refusals[message.Number] is not null)
            {
                // The listener may have hung up, as it does after bare line ends, whose bytes two servers may read differently.
                client.Dispose();
                client = await SubmissionClient.SignedInAsync(grid.SubmissionPort, "acme", key);
            }
        }

        client.Dispose();
    }

    private static async Task PostAsync(GridProcess grid, string key, IEnumerable<CorpusMessage> messages, string?[] refusals)
    {
        foreach (var message in messages)
        {
            var answer = await grid.Api.CallAsync(HttpMethod.Post, $"/v1/messages/raw?to={Uri.EscapeDataString(Address(message))}", message.From("news@acme.example"), key, "message/rfc822");
            refusals[message.Number] = answer.Status == 202 ? null : answer.Status + " " + answer.TextAt("detail");
        }
    }

    /// <summary>Every final outcome, by its recipient.</summary>
    private static async Task<IReadOnlyList<Outcome>> EventsAsync(GridProcess grid, string key)
    {
        var events = new List<Outcome>();
        for (var after = ""; ;)
        {
            var page = await grid.Api.GetAsync($"/v1/events?limit=1000&after={after}", key);
            var found = page.At("events").EnumerateArray().ToList();
            events.AddRange(found.Select(e => new Outcome(
                e.GetProperty("type").GetString()!, e.GetProperty("recipient").GetString()!, e.TryGetProperty("reply", out var reply) ? reply.ToString() : "")));
            if (found.Count == 0)
            {
                return events;
            }

            after = page.TextAt("next");
        }
    }

    private sealed record Outcome(string Type, string Recipient, string Words);
}
