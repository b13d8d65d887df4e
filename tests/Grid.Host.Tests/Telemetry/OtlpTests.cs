using System.Collections.Concurrent;
using System.Text;
using Grid.Core.Vocabulary;
using Grid.Host.Telemetry;
using Grid.Host.Tests.Whole;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grid.Host.Tests.Telemetry;

public sealed class OtlpTests
{
    [Fact]
    public async Task Collector_gets_metrics_and_the_spans_of_a_messages_life()
    {
        await using var collector = await Collector.StartAsync();
        await using var host = new HostFixture();
        host.More.AddRange([$"--Grid:Otlp:Endpoint=http://127.0.0.1:{collector.Port}", "--Grid:Otlp:Protocol=http", "--Grid:Otlp:TraceRatio=1", "--Grid:Otlp:Headers=x-key=7"]);
        await host.InitializeAsync();
        var key = await host.TenantAsync("traced");
        var sent = await host.CallAsync(HttpMethod.Post, "/v1/messages", new { from = "a@traced.example", to = new[] { "secret-person@otlp-r.example" }, subject = "s", text = "t" }, key);
        await host.DeliveredAsync("traced", 1);
        await host.DisposeAsync();

        Assert.True(MessageId.TryParse(sent.Json["id"]!.GetValue<string>(), out var id));
        var traces = collector.Of("/v1/traces");
        var metrics = collector.Of("/v1/metrics");
        Assert.All(new[] { "accept", "transaction", "outcome", id.ToString() }, name => Assert.Contains(name, traces, StringComparison.Ordinal));
        Assert.Contains(Encoding.Latin1.GetString(Convert.FromHexString(MessageTrace.TraceIdOf(id))), traces, StringComparison.Ordinal);
        Assert.Contains("grid.outcomes", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-person", traces + metrics, StringComparison.Ordinal);
        Assert.Equal(["7"], collector.Keys.Distinct());
    }

    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _got = new();

        public ConcurrentQueue<string> Keys { get; } = new();

        public int Port { get; private set; }

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector.Run();
            await collector.StartedAsync();
            return collector;
        }

        public string Of(string path) => string.Concat(_got.Where(got => got.Path == path).Select(got => got.Body));

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private void Run() => app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Keys.Enqueue(context.Request.Headers["x-key"].ToString());
            _got.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });

        private async Task StartedAsync()
        {
            await app.StartAsync();
            Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        }
    }
}
