using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Grid.Core.Vocabulary;
using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Webhooks;

/// <summary>Some of a webhook's outcomes, in order, as they are sent.</summary>
/// <param name="Id">The same for every attempt of the same batch, so that a receiver knows a repeat.</param>
/// <param name="Through">Position of the last one.</param>
internal sealed record WebhookBatch(string Id, ReadOnlyMemory<byte> Json, long Through, int Count)
{
    /// <summary>Most outcomes of a batch.</summary>
    public const int MaxEvents = 500;

    /// <summary>A batch takes no further outcome past so many bytes; one outcome has at most about 8 KiB.</summary>
    public const int MaxBytes = 512 * 1024;

    /// <summary>As many of the records as fit; at least one.</summary>
    /// <param name="records">Of one tenant, in order, all wanted; at least one.</param>
    /// <param name="owner">Name of the log's owner.</param>
    public static WebhookBatch Make(
        Webhook webhook, IReadOnlyList<OutcomeRecord> records, IReadOnlyDictionary<MessageId, MessageLabels> labels, string owner, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        if (webhook.Format == WebhookFormat.Standard)
        {
            json.WriteStartObject();
            json.WriteString("type", "outcomes");
            json.WriteString("timestamp", now.UtcDateTime);
            json.WriteStartObject("data");
            json.WriteString("tenant", webhook.Tenant);
            json.WriteString("webhook", webhook.Name);
            json.WriteStartArray("events");
        }
        else
        {
            json.WriteStartArray();
        }

        var count = 0;
        for (; count < records.Count && count < MaxEvents && json.BytesCommitted + json.BytesPending < MaxBytes; count++)
        {
            var (record, label) = (records[count], labels.GetValueOrDefault(records[count].Key.Message));
            if (webhook.Format == WebhookFormat.Standard)
            {
                JsonSerializer.Serialize(json, EventBody.Of(record).With(label), ApiJson.Default.EventBody);
            }
            else
            {
                SendGridEvent.Write(json, record, label, owner);
            }
        }

        json.WriteEndArray();
        if (webhook.Format == WebhookFormat.Standard)
        {
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.Flush();
        var (first, last) = (records[0].Position, records[count - 1].Position);
        return new(string.Create(CultureInfo.InvariantCulture, $"msg_{owner}-{first}-{last}"), buffer.WrittenMemory, last, count);
    }
}
