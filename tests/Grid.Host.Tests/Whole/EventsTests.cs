using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Grid.Host.Api;

namespace Grid.Host.Tests.Whole;

public sealed class EventsTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task Events_following_the_cursor_gives_each_once_in_order_whatever_the_page()
    {
        var (key, other) = (await host.TenantAsync("followed"), await host.TenantAsync("neighbour"));
        for (var i = 0; i < 20; i++)
        {
            await SendAsync(key, "followed", $"u{i}@events-r.example");
            await SendAsync(other, "neighbour", $"n{i}@events-r.example");
        }

        await host.DeliveredAsync("followed", 20);
        var all = (await host.CallAsync(HttpMethod.Get, "/v1/events?limit=1000", key: key)).Json["events"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"u{i}@events-r.example").Order(), all.Select(e => e!["recipient"]!.GetValue<string>()).Order());
        Assert.Equal(all.Select(Id).Order(), all.Select(Id));
        foreach (var limit in new[] { 1, 3, 7, 20, 21 })
        {
            var (after, seen) = ("0", new List<long>());
            while (true)
            {
                var page = (await host.CallAsync(HttpMethod.Get, $"/v1/events?after={after}&limit={limit}", key: key)).Json;
                after = page["next"]!.GetValue<string>();
                if (page["events"]!.AsArray().Count == 0)
                {
                    break;
                }

                seen.AddRange(page["events"]!.AsArray().Select(Id));
            }

            Assert.Equal(all.Select(Id), seen);
        }
    }

    [Fact]
    public async Task Events_wait_answers_when_something_happens()
    {
        var key = await host.TenantAsync("patient");
        var next = (await host.CallAsync(HttpMethod.Get, "/v1/events", key: key)).Json["next"]!.GetValue<string>();
        var waiting = host.CallAsync(HttpMethod.Get, $"/v1/events?after={next}&wait=60", key: key);

        await SendAsync(key, "patient", "a@events-r.example");

        Assert.Equal("a@events-r.example", Assert.Single((await waiting).Json["events"]!.AsArray())!["recipient"]!.GetValue<string>());
    }

    [Fact]
    public async Task Events_streamed_come_with_their_cursor_and_go_on_from_it()
    {
        var key = await host.TenantAsync("streamer");
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/event-stream");
        await SendAsync(key, "streamer", "a@events-r.example");
        var (first, id) = await NextAsync(client, null);
        await SendAsync(key, "streamer", "b@events-r.example");

        Assert.Equal("a@events-r.example", first["recipient"]!.GetValue<string>());
        Assert.Equal(first["id"]!.GetValue<string>(), id);
        Assert.Equal("b@events-r.example", (await NextAsync(client, id)).Event["recipient"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("after=x", "after")]
    [InlineData("after=-1", "after")]
    [InlineData("wait=61", "wait")]
    [InlineData("wait=x", "wait")]
    [InlineData("limit=0", "limit")]
    public async Task Events_bad_parameter_is_named(string query, string field)
    {
        var reply = await host.CallAsync(HttpMethod.Get, "/v1/events?" + query, key: await host.TenantAsync("bad-" + Guid.NewGuid().ToString("N")));

        Assert.Equal((HttpStatusCode.BadRequest, field), (reply.Status, reply.Json["errors"]![0]!["field"]!.GetValue<string>()));
    }

    [Fact]
    public void Streams_of_a_tenant_are_bounded_and_free_again()
    {
        var streams = new EventStreams();
        var places = Enumerable.Range(0, EventStreams.MaxOfTenant).Select(_ => streams.TryEnter("a")!).ToList();

        Assert.Null(streams.TryEnter("a"));
        Assert.NotNull(streams.TryEnter("b"));
        places[0].Dispose();
        Assert.NotNull(streams.TryEnter("a"));
    }

    private static long Id(JsonNode? node) => long.Parse(node!["id"]!.GetValue<string>(), null);

    private static async Task<(JsonNode Event, string Id)> NextAsync(HttpClient client, string? lastId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        var id = "";
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return (JsonNode.Parse(line[6..])!, id);
            }
        }

        throw new InvalidOperationException("the stream ended");
    }

    private async Task SendAsync(string key, string tenant, string to) => Assert.Equal(
        HttpStatusCode.Accepted,
        (await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = $"a@{tenant}.example", to = new[] { to }, subject = "s", text = "t" }, key)).Status);
}
