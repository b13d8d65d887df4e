using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Grid.System.Tests.Beds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Grid.System.Tests;

/// <summary>Webhooks over kill -9 and receivers that fail: every outcome arrives, and in order for each message.</summary>
[Collection(LoadCollection.Name)]
public sealed class WebhookTests
{
    private const int Kills = 3;
    private const int Messages = 2000;

    [Theory]
    [InlineData(GridStoreKind.Sqlite)]
    [InlineData(GridStoreKind.PostgreSql)]
    public async Task Kills_and_a_failing_receiver_lose_no_outcome(GridStoreKind store)
    {
        await using var receiver = new RecordingReceiver();
        await using var hooks = await Hooks.StartAsync();
        await using var grid = await GridProcess.StartAsync(
            GridSetup.RoutedTo(receiver.Port).On(store).With("Grid__Webhooks__AllowPrivate", "true").With("Grid__Webhooks__AllowHttp", "true"));
        var key = await grid.Api.TenantAsync("acme");
        foreach (var (name, path) in new[] { ("good", "good"), ("dead", "dead"), ("slow", "slow") })
        {
            var put = await grid.Api.CallAsync(HttpMethod.Put, "/v1/webhooks/" + name, new { url = hooks.Url(path) }, key);
            Assert.True(put.Status == 201, put.ToString());
        }

        var sent = new List<string>();
        for (var round = 0; round < Kills; round++)
        {
            var before = hooks.Events.Count;
            sent.AddRange(await grid.Api.SendAsync(key, Enumerable.Range(0, Messages).Select(i => GridApi.Message("acme", $"u{round}-{i}@hooked.example"))));
            await Eventually.BecomesAsync(() => hooks.Events.Count, count => count > before + 100, 60, "outcomes before the kill");
            await grid.KillAsync();
            await grid.StartAgainAsync();
        }

        // Each webhook has every outcome of the log, whatever was killed in between.
        await Eventually.BecomesAsync(() => hooks.Events.Values.Count(e => e.Type == "delivered"), count => count >= sent.Count, 120, $"delivered outcomes (of {sent.Count})");
        var missing = sent.Except(hooks.Events.Values.Select(e => e.Message)).ToList();
        Assert.True(missing.Count == 0, $"{missing.Count} of {sent.Count} messages have no outcome, the first {missing.FirstOrDefault()}");
        Assert.Equal(Enumerable.Range(1, hooks.Events.Count).Select(i => (long)i), hooks.Events.Keys.Order());
        Assert.True(hooks.IsInOrder, "an outcome came before an earlier one that had not been sent yet");
        Assert.True(hooks.Refused > 0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{hooks.Events.Count} outcomes, {hooks.Repeated} of them again, {hooks.Refused} batches refused");
    }

    /// <summary>Three receivers: one takes all but every fifth batch, one nothing, and one whatever it gets, but each batch after ten seconds.</summary>
    private sealed class Hooks(WebApplication app) : IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private int _batches;
        private long _highest;

        public ConcurrentDictionary<long, (string Message, string Type)> Events { get; } = new();

        public int Repeated { get; private set; }

        public int Refused { get; private set; }

        public bool IsInOrder { get; private set; } = true;

        private int Port { get; init; }

        public static async Task<Hooks> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var port = FreePort.Next();
            builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
            var app = builder.Build();
            var hooks = new Hooks(app) { Port = port };
            app.Run(hooks.TakeAsync);
            await app.StartAsync();
            return hooks;
        }

        public string Url(string path) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/{path}");

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            if (context.Request.Path == "/slow")
            {
                await Task.Delay(TimeSpan.FromSeconds(10), context.RequestAborted);
                return;
            }

            lock (_gate)
            {
                if (context.Request.Path == "/dead" || ++_batches % 5 == 0)
                {
                    Refused++;
                    context.Response.StatusCode = 500;
                    return;
                }

                foreach (var item in body.RootElement.GetProperty("data").GetProperty("events").EnumerateArray())
                {
                    var id = long.Parse(item.GetProperty("id").GetString()!, CultureInfo.InvariantCulture);
                    IsInOrder &= id <= _highest + 1;
                    _highest = Math.Max(_highest, id);
                    if (!Events.TryAdd(id, (item.GetProperty("messageId").GetString()!, item.GetProperty("type").GetString()!)))
                    {
                        Repeated++;
                    }
                }
            }
        }
    }
}
