using System.Net;
using System.Text.Json.Nodes;
using Grid.Host.Feedback;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Grid.Host.Tests.Whole;

/// <summary>How many reports a tenant's senders get.</summary>
public sealed class DsnLimitTests(DsnLimitFixture host) : IClassFixture<DsnLimitFixture>
{
    [Fact]
    public async Task Attempts_that_came_to_nothing_use_up_nothing()
    {
        var key = await host.TenantAsync("few");
        Assert.Equal("sent", await ToldAsync(key, await SubmitAsync(key), "sent"));

        // The queue takes no report: it waits, however often it is tried.
        await StateAsync("suspended");
        var second = await SubmitAsync(key);
        Assert.Equal("due", await ToldAsync(key, second, "due"));
        var post = host.Services.GetServices<IHostedService>().OfType<DsnPost>().Single();
        for (var i = 0; i < 5; i++)
        {
            await post.TellDueAsync(default);
        }

        Assert.Equal("due", await ToldAsync(key, second, "due"));
        await StateAsync("active");
        Assert.Equal("sent", await ToldAsync(key, second, "sent"));
        Assert.Equal("overLimit", await ToldAsync(key, await SubmitAsync(key), "overLimit"));
    }

    private async Task StateAsync(string state) => Assert.Equal(
        HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Post, "/v1/tenants/grid-platform/state", new { state, reason = "to see what waits" })).Status);

    private async Task<string> SubmitAsync(string key)
    {
        using var client = await SmtpDialogue.OpenAsync(host.SubmissionPort);
        await client.SignInAsync("few", key);
        var reply = await client.MessageAsync("<n@few.example>", ["<blocked@x.example>"], "From: N <n@few.example>\r\nSubject: s\r\n\r\nhello\r\n");
        return reply[(reply.LastIndexOf(' ') + 1)..];
    }

    private async Task<string> ToldAsync(string key, string id, string until) => State(await host.UntilAsync("/v1/messages/" + id, message => State(message) == until, key))!;

    private static string? State(JsonNode message) => message["recipients"]![0]!["notices"]?[0]?["state"]!.GetValue<string>();
}
