using System.Buffers;
using System.Text;
using System.Text.Json;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Options;
using Grid.Host.Webhooks;

namespace Grid.Host.Enforcement;

/// <summary>
/// Deliveries to webhooks that are no outcomes: notices, and what billing hears. In: what is to be told. Out: signed requests, as webhooks
/// get them. Guarantees that each is kept from the call on until it is taken, at least once, with an id that a repeat has too; a receiver
/// that fails is tried with growing waits, for three days. Fails by giving up after that, and saying so in the log.
/// </summary>
public sealed partial class HookOutbox(
    IRegistry registry, IWebhooks webhooks, IWebhookTransport transport, GridOptions options, TimeProvider clock, ILogger<HookOutbox> log) : BackgroundService
{
    private const string Kind = "hook-outbox";
    private const int Page = 200;
    private const int AtOnce = 8;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>All are looked at so often, whoever put them there.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _nextAt = DateTimeOffset.MinValue;

    /// <summary>Keeps a delivery; one that is there is left as it is.</summary>
    public async ValueTask PutAsync(HookDelivery delivery, CancellationToken cancellationToken)
    {
        if (await registry.ReadAsync(Kind, KeyOf(delivery), cancellationToken) is null)
        {
            await registry.PutAsync(Kind, KeyOf(delivery), delivery, cancellationToken);
            Due(delivery.NextAt ?? clock.GetUtcNow());
        }
    }

    /// <summary>Tries what is due.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyValuePair<string, string>> page;
        lock (_gate)
        {
            _nextAt = clock.GetUtcNow() + LookAgain;
        }

        var after = "";
        do
        {
            page = await registry.ListAsync(Kind, after, Page, cancellationToken);
            var now = clock.GetUtcNow();
            var deliveries = page.Select(entry => Registered.Read<HookDelivery>(entry.Value)).ToLookup(delivery => delivery.NextAt > now);
            foreach (var later in deliveries[true])
            {
                Due(later.NextAt!.Value);
            }

            await Parallel.ForEachAsync(
                deliveries[false],
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                SendAsync);
            after = page.Count > 0 ? page[^1].Key : after;
        }
        while (page.Count == Page);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (IsDue())
                {
                    await SendDueAsync(stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
            {
                Due(clock.GetUtcNow());
                LogAgain(e);
            }
        }
    }

    private void Due(DateTimeOffset at)
    {
        lock (_gate)
        {
            _nextAt = at < _nextAt ? at : _nextAt;
        }
    }

    private bool IsDue()
    {
        lock (_gate)
        {
            return _nextAt <= clock.GetUtcNow();
        }
    }

    private async ValueTask SendAsync(HookDelivery delivery, CancellationToken cancellationToken)
    {
        var billing = delivery.Webhook.Length == 0;
        var webhook = billing ? Billing() : await webhooks.FindAsync(delivery.Tenant, delivery.Webhook, cancellationToken);
        if (webhook is null)
        {
            await registry.RemoveAsync(Kind, KeyOf(delivery), CancellationToken.None);
            return;
        }

        if (webhook.PausedAt is not null)
        {
            return;
        }

        var (id, now) = ("msg_" + delivery.Id, clock.GetUtcNow());
        var json = Envelope(delivery, billing ? "termination" : "notice", now);
        var answer = await transport.PostAsync(new(webhook.Url), json, WebhookSignature.Sign(webhook, id, json, now), cancellationToken);
        await SettleAsync(delivery, answer, now);
    }

    /// <summary>Not to be cancelled: what the receiver took is not to be sent again.</summary>
    private async ValueTask SettleAsync(HookDelivery delivery, WebhookAnswer answer, DateTimeOffset now)
    {
        var since = delivery.FailingSince ?? now;
        if (answer is WebhookAnswer.Failed failed && now - since < WebhookRetry.GiveUpAfter)
        {
            var wait = WebhookRetry.WaitAfter(delivery.Attempts + 1);
            await registry.PutAsync(
                Kind, KeyOf(delivery), delivery with { Attempts = delivery.Attempts + 1, FailingSince = since, NextAt = now + wait, LastError = failed.Words }, CancellationToken.None);
            Due(now + wait);
            return;
        }

        if (answer is not WebhookAnswer.Taken)
        {
            LogGivenUp(delivery.Id, delivery.Webhook, delivery.Tenant);
        }

        await registry.RemoveAsync(Kind, KeyOf(delivery), CancellationToken.None);
    }

    private Webhook? Billing() => options.Billing is { Url: { } url, Secret: { } secret }
        ? new("", "", url, default, WebhookFormat.Standard, Encoding.UTF8.GetBytes(secret), default)
        : null;

    private static ReadOnlyMemory<byte> Envelope(HookDelivery delivery, string type, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("timestamp", now.UtcDateTime);
        json.WritePropertyName("data");
        json.WriteRawValue(delivery.Json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    // In the order of what they tell, as ids of decisions begin with their time.
    private static string KeyOf(HookDelivery delivery) => $"{delivery.Id} {delivery.Tenant} {delivery.Webhook}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks could not be told; trying again")]
    private partial void LogAgain(Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Id} was not taken by webhook '{Webhook}' of tenant '{Tenant}' in three days; it is given up")]
    private partial void LogGivenUp(string id, string webhook, string tenant);
}
