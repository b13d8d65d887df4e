using System.Text;
using System.Text.RegularExpressions;
using Grid.System.Tests.Beds;
using Grid.System.Tests.Beds.Relays;

namespace Grid.System.Tests;

/// <summary>Who submits over SMTP is told what becomes of its mail: by the next host's word, and once over kills.</summary>
[Collection(LoadCollection.Name)]
public sealed partial class DsnTests
{
    private const int Kills = 3;
    private const int Messages = 150;

    [Fact]
    public async Task A_next_host_with_DSN_is_asked_and_what_it_reports_is_told_on()
    {
        var inbound = FreePort.Next();
        await using var sender = new RecordingReceiver();
        await using var receiver = await PostfixServer.StartAsync($$"""
            virtual_mailbox_maps = inline:{ kept@{{PostfixServer.Domain}}=all/, quiet@{{PostfixServer.Domain}}=all/ }
            transport_maps = inline:{ {{RelayWays.BounceDomain}}=smtp:[127.0.0.1]:{{inbound}} }
            """);
        await using var grid = await GridProcess.StartAsync(
            new GridSetup().Route("acme.example", sender.Port).Route("*", receiver.Port).With("Grid__Inbound__Domain", RelayWays.BounceDomain).On(inbound));
        var key = await grid.Api.TenantAsync("acme");
        using var client = await SubmissionClient.SignedInAsync(grid.SubmissionPort, "acme", key);
        var id = await SubmitAsync(client, "RET=HDRS ENVID=order+2B17", [$"kept@{PostfixServer.Domain}", $"gone@{PostfixServer.Domain}", $"quiet@{PostfixServer.Domain}"], ["SUCCESS,FAILURE", "SUCCESS,FAILURE", "NEVER"]);
        try
        {
            // In one report or in two: a report tells all that is due of its message.
            await Eventually.BecomesAsync(() => sender.Messages.SelectMany(Told).Count(), count => count == 2, 30, "recipients told of");
        }
        catch
        {
            TestContext.Current.TestOutputHelper?.WriteLine(receiver.Log());
            TestContext.Current.TestOutputHelper?.WriteLine((await grid.Api.GetAsync($"/v1/messages/{id}", key)).Text);
            throw;
        }

        var told = sender.Messages.SelectMany(message => Told(message)).Order().ToList();
        Assert.Equal([($"gone@{PostfixServer.Domain}", "failed"), ($"kept@{PostfixServer.Domain}", "delivered")], told);
        Assert.All(sender.Messages, message => Assert.Equal(("", "n@acme.example"), (message.Sender, Assert.Single(message.Recipients))));
        Assert.All(sender.Messages, message => Assert.Contains("Original-Envelope-Id: order+17\r\n", Encoding.UTF8.GetString(message.Data), StringComparison.Ordinal));
        var shown = await grid.Api.GetAsync($"/v1/messages/{id}", key);
        TestContext.Current.TestOutputHelper?.WriteLine(shown.Text);
        Assert.Equal("delivered", shown.TextAt("recipients.2.state"));
        Assert.DoesNotContain("relayed", shown.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GridStoreKind.Sqlite)]
    [InlineData(GridStoreKind.PostgreSql)]
    public async Task Kills_lose_no_report_and_make_none_twice(GridStoreKind store)
    {
        await using var sender = new RecordingReceiver();
        await using var receiver = new RecordingReceiver((verb, _, _) => new(verb == "RCPT" ? "552 5.2.2 Mailbox full" : null));
        await using var grid = await GridProcess.StartAsync(new GridSetup().Route("acme.example", sender.Port).Route("*", receiver.Port).On(store));
        var key = await grid.Api.TenantAsync("acme");
        var accepted = new List<string>();
        for (var round = 0; round <= Kills; round++)
        {
            using (var client = await SubmissionClient.SignedInAsync(grid.SubmissionPort, "acme", key))
            {
                for (var number = 0; number < Messages; number++)
                {
                    var address = $"u{round}-{number}@full{number % 5}.example";
                    await SubmitAsync(client, "", [address], ["FAILURE"]);
                    accepted.Add(address);
                }
            }

            var before = sender.Count;
            await Eventually.BecomesAsync(() => sender.Count, count => count > before + 10, 60, "reports before the kill");
            if (round < Kills)
            {
                await grid.KillAsync();
                await grid.StartAgainAsync();
            }
        }

        await Eventually.BecomesAsync(() => sender.Messages.SelectMany(Told).Select(told => told.Address).Distinct().Count(), count => count == accepted.Count, 60, "recipients reported");
        var reports = sender.Messages.SelectMany(message => Told(message).Select(told => (told.Address, Id: message.HeaderOf("Message-ID")))).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted.Count} failed, {sender.Count} reports received, {sender.Count - reports.Select(one => one.Id).Distinct().Count()} of them again on the wire");
        Assert.All(reports.GroupBy(one => one.Address), one => Assert.Single(one.Select(report => report.Id).Distinct()));
        Assert.Equal(accepted.Order(StringComparer.Ordinal), reports.Select(one => one.Address).Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task<string> SubmitAsync(SubmissionClient client, string parameters, string[] recipients, string[] notify)
    {
        Assert.StartsWith("250", await client.SayAsync($"MAIL FROM:<n@acme.example> {parameters}".TrimEnd()));
        for (var i = 0; i < recipients.Length; i++)
        {
            Assert.StartsWith("250", await client.SayAsync($"RCPT TO:<{recipients[i]}> NOTIFY={notify[i]}"));
        }

        Assert.StartsWith("354", await client.SayAsync("DATA"));
        var reply = await client.SayAsync("From: N <n@acme.example>\r\nSubject: order\r\n\r\nhello\r\n.");
        Assert.StartsWith("250 2.0.0 Queued as ", reply);
        return reply[(reply.LastIndexOf(' ') + 1)..].Trim();
    }

    /// <summary>Final recipients of a report, each with its action.</summary>
    private static IEnumerable<(string Address, string Action)> Told(Received message) =>
        Recipient().Matches(Encoding.UTF8.GetString(message.Data)).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    [GeneratedRegex(@"^Final-Recipient: rfc822; (\S+)\r\nAction: (\w+)\r$", RegexOptions.Multiline)]
    private static partial Regex Recipient();
}
