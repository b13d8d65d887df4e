using System.Net;
using Grid.Host.Options;
using Grid.Host.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Grid.Host.Tests.Webhooks;

public sealed class HttpWebhookTransportTests
{
    private static readonly WebhookOptions Private = new(AllowPrivate: true, AllowHttp: true, TimeSpan.FromSeconds(20));

    [Fact]
    public async Task PostAsync_a_2xx_is_taken_and_the_headers_arrive()
    {
        await using var receiver = await HookReceiver.StartAsync();

        Assert.IsType<WebhookAnswer.Taken>(await PostAsync(receiver.Url, new Names()));

        var hook = await receiver.NextAsync();
        Assert.Equal(("[]", "1", "application/json; charset=utf-8"), (hook.Body, hook.Headers["webhook-id"], hook.Headers["Content-Type"]));
    }

    [Fact]
    public async Task PostAsync_a_redirect_is_not_followed()
    {
        await using var secret = await HookReceiver.StartAsync();
        await using var receiver = await HookReceiver.StartAsync();
        receiver.Answers = context =>
        {
            context.Response.Redirect(secret.Url, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };

        var answer = await PostAsync(receiver.Url, new Names());

        Assert.Equal(new WebhookAnswer.Failed("the receiver answered 307: redirects are not followed"), answer);
        Assert.Equal(0, secret.Count);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task PostAsync_a_name_that_leads_inside_is_refused_before_any_connection(string address)
    {
        await using var receiver = await HookReceiver.StartAsync();

        var answer = await PostAsync($"http://hooks.example.com:{receiver.Port}/", new Names(address), Private with { AllowPrivate = false });

        Assert.StartsWith("the host's name leads where webhooks may not: ", Assert.IsType<WebhookAnswer.Failed>(answer).Words, StringComparison.Ordinal);
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task PostAsync_one_inner_address_among_public_ones_refuses_all()
    {
        var answer = await PostAsync("http://hooks.example.com/", new Names("8.8.8.8 127.0.0.1"), Private with { AllowPrivate = false });

        Assert.Contains("127.0.0.1 is loopback", Assert.IsType<WebhookAnswer.Failed>(answer).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostAsync_a_name_that_changes_its_answer_is_looked_up_once_a_delivery_and_that_answer_is_used()
    {
        await using var outside = await HookReceiver.StartAsync(IPAddress.Parse("127.0.0.2"));
        await using var inside = await HookReceiver.StartAsync(IPAddress.Loopback, outside.Port);
        var names = new Names("127.0.0.2", "127.0.0.1");

        await PostAsync($"http://hooks.example.com:{outside.Port}/", names);

        Assert.Equal((1, 1, 0), (names.Asked, outside.Count, inside.Count));
    }

    [Fact]
    public async Task PostAsync_each_delivery_looks_the_name_up_anew()
    {
        await using var outside = await HookReceiver.StartAsync(IPAddress.Parse("127.0.0.2"));
        await using var inside = await HookReceiver.StartAsync(IPAddress.Loopback, outside.Port);
        var names = new Names("127.0.0.2", "127.0.0.1", "0.0.0.0");
        using var transport = new HttpWebhookTransport(names, Private, TimeProvider.System);

        for (var i = 0; i < 3; i++)
        {
            await transport.PostAsync(new($"http://hooks.example.com:{outside.Port}/"), "[]"u8.ToArray(), [], default);
        }

        Assert.Equal((3, 1, 1), (names.Asked, outside.Count, inside.Count));
    }

    [Fact]
    public async Task PostAsync_an_endless_answer_is_read_to_its_bound_only()
    {
        await using var receiver = await HookReceiver.StartAsync();
        receiver.Answers = async context =>
        {
            context.Response.StatusCode = 500;
            var chunk = new byte[4096];
            chunk.AsSpan().Fill((byte)'x');
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        };

        var answer = Assert.IsType<WebhookAnswer.Failed>(await PostAsync(receiver.Url, new Names()));

        Assert.Equal("the receiver answered 500: " + new string('x', 120) + "…", answer.Words);
    }

    [Fact]
    public async Task PostAsync_a_receiver_that_never_answers_is_given_up()
    {
        await using var receiver = await HookReceiver.StartAsync();
        receiver.Answers = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        Assert.Equal(new WebhookAnswer.Failed("no answer within 1 s"), await PostAsync(receiver.Url, new Names(), Private with { Timeout = TimeSpan.FromSeconds(1) }));
    }

    [Theory]
    [InlineData(410, null, "Gone")]
    [InlineData(429, "30", "Failed")]
    [InlineData(503, "Thu, 01 Jan 1970 00:00:00 GMT", "Failed")]
    [InlineData(404, null, "Failed")]
    public async Task PostAsync_what_the_receiver_says_is_understood(int status, string? retryAfter, string kind)
    {
        await using var receiver = await HookReceiver.StartAsync();
        receiver.Answers = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            await context.Response.WriteAsync("go\u001b[31m away");
        };

        var answer = await PostAsync(receiver.Url, new Names());

        Assert.Equal(kind, answer.GetType().Name);
        if (answer is WebhookAnswer.Failed failed)
        {
            Assert.Equal($"the receiver answered {status}: go [31m away", failed.Words);
            Assert.Equal(status == 429 ? TimeSpan.FromSeconds(30) : null, failed.RetryAfter > TimeSpan.Zero ? failed.RetryAfter : null);
        }
    }

    [Fact]
    public async Task PostAsync_nobody_there_is_an_answer()
    {
        int port;
        await using (var receiver = await HookReceiver.StartAsync())
        {
            port = receiver.Port;
        }

        Assert.Equal(new WebhookAnswer.Failed("no connection: ConnectionRefused"), await PostAsync($"http://127.0.0.1:{port}/", new Names()));
        Assert.Equal(new WebhookAnswer.Failed("the host's name has no address"), await PostAsync("http://hooks.example.com/", new Names("")));
    }

    private static async Task<WebhookAnswer> PostAsync(string url, Names names, WebhookOptions? options = null)
    {
        using var transport = new HttpWebhookTransport(names, options ?? Private, TimeProvider.System);
        return await transport.PostAsync(new(url), "[]"u8.ToArray(), [new("webhook-id", "1")], default);
    }

    /// <summary>Answers one after the other, the last one for ever; several addresses of one answer have a space between.</summary>
    private sealed class Names(params string[] answers) : IHostAddresses
    {
        public int Asked { get; private set; }

        public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
            new([.. answers[Math.Min(Asked++, answers.Length - 1)].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]);
    }
}
