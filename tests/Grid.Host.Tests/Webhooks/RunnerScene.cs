using System.Text;
using System.Text.Json.Nodes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains;
using Grid.Host.Webhooks;
using Grid.Storage;
using Grid.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grid.Host.Tests.Webhooks;

/// <summary>A store with outcomes in it, a clock that stands still, and a scripted receiver.</summary>
internal sealed class RunnerScene : IWebhookTransport, IWebhookNotices, IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("grid-hooks-").FullName;
    private readonly ServiceProvider _provider;
    private readonly WebhookLanes _lanes = new();
    private readonly WebhookInstruments _instruments = new();
    private OutcomeBell? _bell;
    private int _messages;

    public RunnerScene() =>
        _provider = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock).AddGridStore(new StoreOptions { Folder = _folder }).BuildServiceProvider();

    public ManualClock Clock { get; } = new(Start);

    public GridStore Store => _provider.GetRequiredService<GridStore>();

    /// <summary>What the receiver does with the batch of that number, from 1.</summary>
    public Func<int, WebhookAnswer> Answers { get; set; } = _ => new WebhookAnswer.Taken();

    /// <summary>Every batch that was posted: its id, the positions of its outcomes, and whether it was taken.</summary>
    public List<(string Id, List<long> Positions, bool Taken)> Posted { get; } = [];

    /// <summary>Webhooks of whose pause the tenant was told.</summary>
    public List<Webhook> Told { get; } = [];

    public string LastJson { get; private set; } = "";

    /// <summary>The log as runners read it.</summary>
    public RecordedLog Reads { get; private set; } = null!;

    public Webhook Webhook { get; private set; } = new("acme", "main", "https://hooks.example.com/", OutcomeSet.All, WebhookFormat.Standard, new byte[32], Start);

    public async Task OpenAsync(Func<Webhook, Webhook>? change = null)
    {
        await Store.OpenAsync();
        _bell = new(Store.Outcomes);
        Reads = new(Store.Outcomes);
        Webhook = change?.Invoke(Webhook) ?? Webhook;
        await Store.Webhooks.PutAsync(Webhook);
    }

    /// <summary>A runner as after a start of the process: it goes on from what is in the store.</summary>
    public async Task<WebhookRunner> RunnerAsync()
    {
        var services = new WebhookServices(Store.Webhooks, Reads, Store.LookUp, this, _bell!, _lanes, _instruments, this, new NodeIdentity("grid", 0), Clock);
        return new((await Store.Webhooks.FindAsync("acme", "main"))!, await Store.Webhooks.ReadProgressAsync("acme", "main") ?? new("acme", "main", 0), services, NullLogger.Instance);
    }

    /// <summary>A message of so many recipients whose outcomes are logged one kind after the other.</summary>
    public async Task LogAsync(int recipients, string tenant = "acme", params OutcomeKind[] kinds)
    {
        var id = MessageId.Compose(Clock.GetUtcNow(), 1, ++_messages % 4096);
        var envelopes = Enumerable.Range(0, recipients).Select(i => new Envelope
        {
            Key = new(id, i),
            Tenant = tenant,
            Address = $"u{i}@r.example",
            Domain = "r.example",
            Pool = "default",
            SizeBytes = 1,
            RecipientCount = recipients,
            AcceptedAt = Start,
            DueAt = Start,
            ExpiresAt = Start.AddDays(5),
        }).ToList();
        const string Details = """{"subject":"s","metadata":{"custom_args":{"order":"7","email":"mine"},"categories":["a","b"]}}""";
        await Store.Spool.AcceptAsync(new([new() { Id = id, Tenant = tenant, AcceptedAt = Start, Campaign = "spring", Details = Details, Body = new byte[] { 1 }, Envelopes = envelopes }], true));
        foreach (var kind in kinds.Length > 0 ? kinds : [OutcomeKind.Delivered])
        {
            await Store.Spool.SettleAsync([.. envelopes.Select(envelope => new Settlement(
                new()
                {
                    At = Clock.GetUtcNow(),
                    Kind = kind,
                    Key = envelope.Key,
                    Tenant = tenant,
                    Address = envelope.Address,
                    Domain = envelope.Domain,
                    Attempt = 1,
                    Ip = "192.0.2.1",
                    Site = "mx.r.example",
                    Hard = kind == OutcomeKind.Bounced,
                    Reply = kind is OutcomeKind.Bounced or OutcomeKind.Deferred ? new(550, "5.1.1", "no such user") : new(250, "2.0.0", "ok"),
                },
                kind == OutcomeKind.Deferred ? Clock.GetUtcNow().AddHours(1) : null))]);
        }
    }

    public ValueTask<WebhookAnswer> PostAsync(Uri url, ReadOnlyMemory<byte> json, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        LastJson = Encoding.UTF8.GetString(json.Span);
        var answer = Answers(Posted.Count + 1);
        var positions = Webhook.Format == WebhookFormat.Standard
            ? JsonNode.Parse(LastJson)!["data"]!["events"]!.AsArray().Select(e => long.Parse(e!["id"]!.GetValue<string>(), null)).ToList()
            : [];
        Posted.Add((headers.Single(h => h.Key == "webhook-id" || h.Key == "Webhook-Id").Value, positions, answer is WebhookAnswer.Taken));
        return new(answer);
    }

    public ValueTask TellAsync(Webhook paused, CancellationToken cancellationToken)
    {
        Told.Add(paused);
        return default;
    }

    /// <summary>Steps until the runner waits for news or for good; the clock is moved to each next attempt. Returns where it stopped.</summary>
    public async Task<WebhookStep> RunAsync(WebhookRunner runner, int steps = 10_000)
    {
        while (steps-- > 0)
        {
            switch (await runner.StepAsync(default))
            {
                case WebhookStep.GoOn:
                    break;
                case WebhookStep.Until until:
                    Clock.Advance(until.At - Clock.GetUtcNow());
                    break;
                case var end:
                    return end;
            }
        }

        throw new InvalidOperationException("it never rests");
    }

    public async ValueTask DisposeAsync()
    {
        await Store.CloseAsync();
        await _provider.DisposeAsync();
        _lanes.Dispose();
        _instruments.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
