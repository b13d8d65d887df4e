using System.Net;
using Grid.Client;
using Grid.Host.Tests.Whole;

namespace Grid.Client.Tests;

public sealed class GridClientTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    public async Task SendAsync_a_message_is_taken_found_and_its_outcome_follows()
    {
        using var client = await ClientAsync("client");

        var sent = await client.SendAsync(Mail("client", "a@client-r.example") with { Metadata = new Dictionary<string, string> { ["order"] = "7" } });

        Assert.Equal(new RecipientResult("a@client-r.example", "queued"), Assert.Single(sent.Recipients));
        Assert.Equal(sent.Id, (await client.FindAsync(sent.Id))!["id"]!.GetValue<string>());
        Assert.Null(await client.FindAsync("0000000000000"));
        await foreach (var outcome in client.EventsAsync())
        {
            Assert.Equal(("delivered", sent.Id, "7"), (outcome.Type, outcome.MessageId, outcome.Metadata!.Value.GetProperty("order").GetString()));
            break;
        }
    }

    [Fact]
    public async Task SendAsync_what_breaks_rules_is_an_exception_with_every_fault()
    {
        using var client = await ClientAsync("faulty");

        var refused = (await Assert.ThrowsAsync<GridProblemException>(() => client.SendAsync(Mail("elsewhere", "nonsense")))).Problem;

        Assert.Equal((422, "urn:grid:problem:invalid", "sender-domain"), (refused.Status, refused.Type, refused.Clause));
        Assert.Equal(["from", "to[0]"], refused.Errors.Select(e => e.Key).Order());
    }

    [Fact]
    public async Task SendAsync_repeats_with_the_same_key_until_it_is_taken()
    {
        var script = new Script(new HttpRequestException("lost"), HttpStatusCode.ServiceUnavailable, HttpStatusCode.Accepted);
        using var client = Scripted(script);

        await client.SendAsync(Mail("a", "b@c.example"));

        Assert.Equal(3, script.Keys.Count);
        Assert.Single(script.Keys.Distinct());
        Assert.NotEqual("", script.Keys[0]);
    }

    [Fact]
    public async Task CallAsync_a_post_without_a_key_is_not_repeated()
    {
        var script = new Script(HttpStatusCode.ServiceUnavailable);
        using var client = Scripted(script);

        Assert.Equal(503, (await client.CallAsync(HttpMethod.Post, "/v1/queue/flush", "{}")).Status);
        Assert.Single(script.Keys);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task CallAsync_what_waiting_does_not_cure_is_not_repeated(int status)
    {
        var script = new Script((HttpStatusCode)status);
        using var client = Scripted(script);

        Assert.Equal(status, (await client.CallAsync(HttpMethod.Get, "/")).Status);
        Assert.Single(script.Keys);
    }

    [Fact]
    public async Task CallAsync_gives_up_after_its_attempts()
    {
        var script = new Script(Enumerable.Repeat<object>(new HttpRequestException("lost"), 4).ToArray());
        using var client = Scripted(script);

        var away = await Assert.ThrowsAsync<GridUnreachableException>(() => client.CallAsync(HttpMethod.Get, "/"));

        Assert.Contains("http://grid.example/ cannot be reached: lost", away.Message, StringComparison.Ordinal);
        Assert.Equal(4, script.Keys.Count);
    }

    private static Mail Mail(string tenant, string to) => new() { From = $"news@{tenant}.example", To = [to], Subject = "s", Text = "t" };

    private static GridClient Scripted(Script script) => new(new() { Url = new("http://grid.example/"), FirstWait = TimeSpan.FromTicks(1) }, script);

    private async Task<GridClient> ClientAsync(string tenant) => new(new() { Url = host.Address, Key = await host.TenantAsync(tenant) });

    /// <summary>Answers one after the other: a status, or an exception.</summary>
    private sealed class Script(params object[] answers) : HttpMessageHandler
    {
        public List<string> Keys { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = answers[Keys.Count];
            Keys.Add(request.Headers.TryGetValues("Idempotency-Key", out var values) ? values.Single() : "");
            return answer is Exception lost
                ? Task.FromException<HttpResponseMessage>(lost)
                : Task.FromResult(new HttpResponseMessage((HttpStatusCode)answer) { Content = new StringContent("""{"id":"1","recipients":[]}""", null, "application/json") });
        }
    }
}
