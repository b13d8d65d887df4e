using Grid.System.Tests.Beds;
using Grid.System.Tests.Beds.Relays;

namespace Grid.System.Tests;

/// <summary>
/// Real mail servers take the grid's mail, are refused by the next (a real Postfix), and bounce it in their own words; each bounce comes
/// back to the grid's listener and ends at the outcome of the recipient that it is about.
/// </summary>
[Collection(LoadCollection.Name)]
public sealed class LiveBounceTests
{
    private const string Domain = PostfixServer.Domain;

    private static readonly Dictionary<string, Func<RelayWays, Task<IMailRelay>>> Relays = new()
    {
        ["Postfix"] = PostfixRelay.StartAsync,
        ["Exim"] = EximRelay.StartAsync,
        ["OpenSMTPD"] = OpenSmtpdRelay.StartAsync,
        ["dma"] = EximRelay.StartWithDmaAsync,
    };

    public static TheoryData<string> Names => [.. Relays.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Bounces_of_a_relay_end_at_the_right_recipient(string name)
    {
        var inbound = FreePort.Next();
        await using var receiver = await RefusingPostfixAsync(inbound);
        await using var relay = await Relays[name](new(receiver.Port, inbound));
        await using var grid = await GridProcess.StartAsync(
            GridSetup.RoutedTo(relay.Port).With("Grid__Inbound__Domain", RelayWays.BounceDomain).On(inbound));
        var key = await grid.Api.TenantAsync("acme");

        // One by one, and three in one transaction of which only the first is taken.
        var ids = await grid.Api.SendAsync(key, new[] { "kept", "gone", "full" }.Select(user => GridApi.Message("acme", $"{user}@{Domain}")));
        var three = (await grid.Api.SendAsync(key, [GridApi.Message("acme", [$"kept2@{Domain}", $"gone2@{Domain}", $"gone3@{Domain}"])]))[0];
        var last = "";

        try
        {
            await Eventually.BecomesAsync(() => grid.CounterAsync("acme", "hardBounces"), count => count == 3, 60, "hard bounces");

            // Apart from the others: after a refusal at the end of the data OpenSMTPD 6.8 begins the next message without RSET, which Postfix takes for a nested one.
            last = (await grid.Api.SendAsync(key, [GridApi.Message("acme", $"spam@{Domain}")]))[0];
            await Eventually.BecomesAsync(() => grid.CounterAsync("acme", "softBounces"), count => count == 2, 60, "soft bounces");
            await Eventually.BecomesAsync(receiver.Count, count => count == 2, 60, "the mailbox");
        }
        catch
        {
            TestContext.Current.TestOutputHelper?.WriteLine(relay.Log());
            TestContext.Current.TestOutputHelper?.WriteLine(receiver.Log());
            TestContext.Current.TestOutputHelper?.WriteLine((await grid.Api.GetAsync("/v1/abuse")).Text);
            throw;
        }

        var table = new List<string>();
        foreach (var (id, place, state, status) in new[] { (ids[0], 0, "delivered", ""), (ids[1], 0, "bounced", "5.1.1"), (ids[2], 0, "bounced", "5.2.2"), (last, 0, "bounced", "5.7.1"), (three, 0, "delivered", ""), (three, 1, "bounced", "5.1.1"), (three, 2, "bounced", "5.1.1") })
        {
            var message = await grid.Api.GetAsync($"/v1/messages/{id}", key);
            var recipient = $"recipients.{place}.";
            table.Add($"{name}: {message.TextAt(recipient + "address")} {message.TextAt(recipient + "state")} {message.At(recipient + "lastReply")}");
            Assert.Equal(state, message.TextAt(recipient + "state"));
            if (status.Length > 0)
            {
                Assert.Equal(status, message.TextAt(recipient + "lastReply.enhanced"));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(Environment.NewLine, table));
        Assert.Equal(2, await grid.CounterAsync("acme", "delivered"));
        var suppressed = await grid.Api.GetAsync("/v1/suppressions", key);
        Assert.Equal([$"gone2@{Domain}", $"gone3@{Domain}", $"gone@{Domain}"], suppressed.At("suppressions").EnumerateArray().Select(s => s.GetProperty("address").GetString()).Order(StringComparer.Ordinal));
        Assert.Empty((await grid.Api.GetAsync("/v1/abuse")).At("cases").EnumerateArray());
    }

    /// <summary>A receiver that knows some users only, and refuses others for other reasons; bounces that it is handed it sends on to the grid.</summary>
    private static Task<PostfixServer> RefusingPostfixAsync(int inbound) => PostfixServer.StartAsync($$"""
        virtual_mailbox_maps = inline:{ kept@{{Domain}}=all/, kept2@{{Domain}}=all/, full@{{Domain}}=all/, spam@{{Domain}}=all/ }
        smtpd_recipient_restrictions = check_recipient_access inline:{ { full@{{Domain}} = 552 5.2.2 Mailbox full } }, permit_mynetworks, reject_unauth_destination
        smtpd_end_of_data_restrictions = check_recipient_access inline:{ { spam@{{Domain}} = 554 5.7.1 This looks like spam } }
        transport_maps = inline:{ {{RelayWays.BounceDomain}}=smtp:[127.0.0.1]:{{inbound}} }
        """);
}
