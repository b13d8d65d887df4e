using System.Net;

namespace Grid.Host.Tests.Whole;

public sealed class DraftBoundTests(DraftBoundTests.SmallRequests host) : IClassFixture<DraftBoundTests.SmallRequests>
{
    [Fact]
    public async Task Batch_that_templates_make_larger_than_any_request_could_be_is_refused_whole()
    {
        var key = await host.TenantAsync("swells");
        await host.CallAsync(HttpMethod.Put, "/v1/templates/loop", new { subject = "Much", text = "{{#each lines}}" + new string('x', 900) + "\n{{/each}}" }, key);
        object Message(int lines) => new { from = "a@swells.example", to = new[] { "x@client.example" }, template = "loop", data = new { lines = Enumerable.Range(0, lines) } };

        var swollen = await host.CallAsync(HttpMethod.Post, "/v1/messages/batch", new { messages = new[] { Message(150), Message(150) } }, key);
        var plain = await host.CallAsync(HttpMethod.Post, "/v1/messages/batch", new { messages = new[] { Message(50), Message(50) } }, key);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.Accepted), (swollen.Status, plain.Status));
    }

    /// <summary>Requests of at most 64 KiB.</summary>
    public sealed class SmallRequests : HostFixture
    {
        public SmallRequests() => More.Add("--Grid:Limits:MaxBodyBytes=65536");
    }
}
