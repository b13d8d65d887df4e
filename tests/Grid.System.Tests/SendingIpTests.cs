using System.Collections.Concurrent;
using System.Net;
using Grid.System.Tests.Beds;

namespace Grid.System.Tests;

/// <summary>Three sending IPs: one that a receiver blocks is rested, the others carry on.</summary>
public sealed class SendingIpTests
{
    private const int Messages = 900;

    private static readonly TimeSpan Transaction = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Ip_that_a_receiver_blocks_is_rested_and_the_others_carry_on()
    {
        await using var receiver = new RecordingReceiver(async (verb, _, peer) =>
        {
            if (verb != "MAIL" || !peer.Equals(IPAddress.Parse("127.0.0.3")))
            {
                return await UnhurriedAsync(verb);
            }

            // Slower than a delivery: else this IP may take most of the first mail, and it is the domain that rests for it.
            await Task.Delay(3 * Transaction);
            return "550 5.7.1 Service unavailable; client host [127.0.0.3] blocked using a block list";
        });
        await using var grid = await StartAsync(receiver);
        var key = await grid.Api.TenantAsync("acme");

        var ids = await grid.Api.SendAsync(key, Enumerable.Range(0, Messages).Select(i => GridApi.Message("acme", $"u{i}@client.example", $"m{i}")));

        await Eventually.BecomesAsync(() => StateAsync(grid, "127.0.0.3"), state => state == "suspended", 60, "the state of the blocked IP");
        var decision = await grid.Api.GetAsync("/v1/decisions?subject=ip/127.0.0.3");
        Assert.Equal("ip-blocks", decision.TextAt("decisions.0.clause"));
        Assert.Equal("grid", decision.TextAt("decisions.0.by"));
        await Eventually.BecomesAsync(() => grid.Api.GetAsync("/v1/queue"), queue => queue.NumberAt("total") == 0, 60, "the queue");
        Assert.Equal("active", (await grid.Api.GetAsync("/v1/domains/client.example")).TextAt("state"));
        Assert.Equal("active", await StateAsync(grid, "127.0.0.2"));
        Assert.Equal("active", await StateAsync(grid, "127.0.0.4"));
        Assert.Equal("active", await grid.StateAsync("acme"));

        // Every message came to one end: it arrived, once, or it bounced with the receiver's words and IP.
        var arrived = receiver.Messages.CountBy(message => message.Subject).ToDictionary();
        Assert.All(arrived.Values, times => Assert.Equal(1, times));
        var bounced = 0;
        for (var i = 0; i < ids.Count; i++)
        {
            if (!arrived.ContainsKey($"m{i}"))
            {
                var message = await grid.Api.GetAsync($"/v1/messages/{ids[i]}", key);
                Assert.Equal("bounced", message.TextAt("state"));
                Assert.Contains("block list", message.TextAt("recipients.0.lastReply.text"), StringComparison.Ordinal);
                bounced++;
            }
        }

        Assert.Equal(Messages, arrived.Count + bounced);
        TestContext.Current.TestOutputHelper?.WriteLine($"{arrived.Count} arrived, {bounced} bounced before the IP was rested");

        // While it rests nothing leaves over it.
        var before = receiver.Messages.Count;
        await grid.Api.SendAsync(key, Enumerable.Range(0, 200).Select(i => GridApi.Message("acme", $"v{i}@client.example", $"n{i}")));
        await receiver.ReceivesAsync(before + 200, 60);
        Assert.DoesNotContain(receiver.Messages, message => message.Peer.ToString() == "127.0.0.3");
    }

    [Fact]
    public async Task Ip_rested_by_an_operator_sends_nothing_until_it_is_resumed()
    {
        await using var receiver = new RecordingReceiver((verb, _, _) => UnhurriedAsync(verb));
        await using var grid = await StartAsync(receiver);
        var key = await grid.Api.TenantAsync("acme");
        Assert.Equal(200, (await grid.Api.PostAsync("/v1/ips/127.0.0.2/state", new { state = "suspended", reason = "a listing is looked into" })).Status);

        await grid.Api.SendAsync(key, Enumerable.Range(0, 300).Select(i => GridApi.Message("acme", $"u{i}@client.example")));

        var messages = await receiver.ReceivesAsync(300, 60);
        Assert.Equal(["127.0.0.3", "127.0.0.4"], messages.Select(message => message.Peer.ToString()).Distinct().Order());
        Assert.Equal("operator", (await grid.Api.GetAsync("/v1/decisions?subject=ip/127.0.0.2")).TextAt("decisions.0.by"));

        Assert.Equal(200, (await grid.Api.PostAsync("/v1/ips/127.0.0.2/state", new { state = "active", reason = "it was delisted" })).Status);
        await grid.Api.SendAsync(key, Enumerable.Range(0, 600).Select(i => GridApi.Message("acme", $"v{i}@client.example")));
        messages = await receiver.ReceivesAsync(900, 60);
        Assert.Contains(messages, message => message.Peer.ToString() == "127.0.0.2");
        Assert.Equal(900, receiver.Count);
    }

    [Fact]
    public async Task Mail_beyond_the_allowance_of_an_ip_that_warms_up_leaves_over_warm_ones()
    {
        await using var receiver = new RecordingReceiver((verb, _, _) => UnhurriedAsync(verb));
        await using var grid = await StartAsync(receiver);
        var key = await grid.Api.TenantAsync("acme");
        Assert.Equal(200, (await grid.Api.PutAsync("/v1/warmup-plans/tiny", new { days = new object[] { new { perIp = 40, perSite = 25 } } })).Status);
        var warming = await grid.Api.PutAsync("/v1/ips/127.0.0.3", new { pool = "default", warmup = new { plan = "tiny" } });
        Assert.Equal(25, warming.NumberAt("warmup.allowance.perSite"));

        await grid.Api.SendAsync(key, Enumerable.Range(0, 400).Select(i => GridApi.Message("acme", $"u{i}@client.example", $"m{i}")));

        var messages = await receiver.ReceivesAsync(400, 60);
        Assert.Equal(400, messages.Select(message => message.Subject).Distinct().Count());
        var bySource = messages.CountBy(message => message.Peer.ToString()).ToDictionary();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", bySource.Select(source => $"{source.Key}: {source.Value}")));
        Assert.InRange(bySource["127.0.0.3"], 1, 25);
        Assert.Equal(400 - bySource["127.0.0.3"], bySource["127.0.0.2"] + bySource["127.0.0.4"]);
        Assert.Equal(bySource["127.0.0.3"], (await grid.Api.GetAsync("/v1/ips/127.0.0.3")).NumberAt("warmup.used"));
    }

    [Fact]
    public async Task Ip_suspended_in_mid_run_begins_nothing_more_and_each_greets_with_its_own_name()
    {
        const string Suspended = "127.0.0.3";
        var greetings = new ConcurrentDictionary<string, string>();
        var (begun, afterwards) = (new ConcurrentDictionary<string, int>(), 0);
        var isDecided = false;
        await using var receiver = new RecordingReceiver((verb, argument, peer) =>
        {
            if (verb == "EHLO")
            {
                greetings[peer.ToString()] = argument;
            }
            else if (verb == "MAIL")
            {
                begun.AddOrUpdate(peer.ToString(), 1, static (_, count) => count + 1);
                _ = Volatile.Read(ref isDecided) && peer.ToString() == Suspended ? Interlocked.Increment(ref afterwards) : 0;
            }

            return UnhurriedAsync(verb);
        });
        await using var grid = await StartAsync(receiver);
        var key = await grid.Api.TenantAsync("acme");
        await grid.Api.SendAsync(key, Enumerable.Range(0, Messages).Select(i => GridApi.Message("acme", $"u{i}@client.example", $"m{i}")));
        await Eventually.BecomesAsync(() => begun.GetValueOrDefault(Suspended), count => count >= 20, 60, "transactions from the IP");

        Assert.Equal(200, (await grid.Api.PostAsync($"/v1/ips/{Suspended}/state", new { state = "suspended", reason = "in the middle of it" })).Status);
        Volatile.Write(ref isDecided, true);

        var messages = await receiver.ReceivesAsync(Messages, 120);
        Assert.Equal(Messages, messages.Select(message => message.Subject).Distinct().Count());
        Assert.Equal(Messages, receiver.Count);

        // What was begun before the decision may still be read after it: two a connection at most, the one under way and the one behind it.
        Assert.InRange(afterwards, 0, 2 * 10);
        TestContext.Current.TestOutputHelper?.WriteLine($"{string.Join(", ", messages.CountBy(message => message.Peer.ToString()))}; read after the decision: {afterwards}");
        Assert.Equal(["127.0.0.2=out0.grid.example", "127.0.0.3=out1.grid.example", "127.0.0.4=out2.grid.example"], greetings.Select(g => $"{g.Key}={g.Value}").Order());
        Assert.All(messages, message => Assert.Contains(message.Peer.ToString(), greetings.Keys));
        Assert.True(messages.Count(message => message.Peer.ToString() == Suspended) < Messages / 3);
    }

    /// <summary>A receiver that takes its time, so that there is work for every IP.</summary>
    private static async ValueTask<string?> UnhurriedAsync(string verb)
    {
        if (verb == "END")
        {
            await Task.Delay(Transaction);
        }

        return null;
    }

    private static Task<GridProcess> StartAsync(RecordingReceiver receiver)
    {
        var setup = GridSetup.RoutedTo(receiver.Port);
        for (var i = 0; i < 3; i++)
        {
            setup.With($"Grid__SendingIps__{i}__Address", $"127.0.0.{i + 2}").With($"Grid__SendingIps__{i}__Ehlo", $"out{i}.grid.example");
        }

        return GridProcess.StartAsync(setup);
    }

    private static async Task<string> StateAsync(GridProcess grid, string ip) => (await grid.Api.GetAsync($"/v1/ips/{ip}")).TextAt("state");
}
