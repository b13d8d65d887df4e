using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Grid.Core.Vocabulary;
using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Webhooks;

/// <summary>Writes an outcome as SendGrid's event webhook has it.</summary>
internal static class SendGridEvent
{
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal)
    {
        "email", "timestamp", "event", "sg_event_id", "sg_message_id", "smtp-id", "category", "response", "attempt", "reason", "status", "type", "ip", "tls",
    };

    public static void Write(Utf8JsonWriter json, OutcomeRecord record, MessageLabels? labels, string owner)
    {
        var id = record.Key.Message.ToString();
        json.WriteStartObject();
        json.WriteString("email", record.Address);
        json.WriteNumber("timestamp", record.At.ToUnixTimeSeconds());
        json.WriteString("event", Name(record.Kind));
        json.WriteString("sg_event_id", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{owner}-{record.Position}"))));
        json.WriteString("sg_message_id", id);
        var words = record.Reply?.ToString() ?? "";
        switch (record.Kind)
        {
            case OutcomeKind.Delivered:
                json.WriteString("response", words);
                break;
            case OutcomeKind.Deferred:
                json.WriteString("response", words);
                json.WriteString("attempt", record.Attempt.ToString(CultureInfo.InvariantCulture));
                break;
            case OutcomeKind.Bounced or OutcomeKind.Expired:
                json.WriteString("type", record is { Kind: OutcomeKind.Bounced, Hard: true } ? "bounce" : "blocked");
                json.WriteString("reason", record.Kind == OutcomeKind.Expired ? "expired: " + words : words);
                json.WriteString("status", record.Reply?.Enhanced ?? "");
                break;
            case OutcomeKind.Suppressed or OutcomeKind.Cancelled:
                json.WriteString("reason", Dropped(record));
                break;
            case OutcomeKind.Complained or OutcomeKind.Unsubscribed:
                break;
            default:
                throw new InvalidOperationException($"no outcome {record.Kind}");
        }

        if (record.Ip.Length > 0 && record.Kind == OutcomeKind.Delivered)
        {
            json.WriteString("ip", record.Ip);
        }

        WriteLabels(json, labels);
        json.WriteEndObject();
    }

    private static string Name(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Delivered => "delivered",
        OutcomeKind.Deferred => "deferred",
        OutcomeKind.Bounced or OutcomeKind.Expired => "bounce",
        OutcomeKind.Suppressed or OutcomeKind.Cancelled => "dropped",
        OutcomeKind.Complained => "spamreport",
        OutcomeKind.Unsubscribed => "unsubscribe",
        _ => throw new InvalidOperationException($"no outcome {kind}"),
    };

    private static string Dropped(OutcomeRecord record) => record.Clause switch
    {
        "suppressed-hardbounce" => "Bounced Address",
        "suppressed-complaint" => "Spam Reporting Address",
        "suppressed-unsubscribe" => "Unsubscribed Address",
        null => record.Kind == OutcomeKind.Cancelled ? "Cancelled" : "Suppressed Address",
        var clause => clause,
    };

    /// <summary>Categories, and custom arguments beside the fields; one of a field's own name gives way.</summary>
    private static void WriteLabels(Utf8JsonWriter json, MessageLabels? labels)
    {
        if (EventLabels.Metadata(labels) is not { ValueKind: JsonValueKind.Object } metadata)
        {
            return;
        }

        if (metadata.TryGetProperty("categories", out var categories) && categories.ValueKind == JsonValueKind.Array)
        {
            json.WritePropertyName("category");
            categories.WriteTo(json);
        }

        if (metadata.TryGetProperty("custom_args", out var arguments) && arguments.ValueKind == JsonValueKind.Object)
        {
            foreach (var argument in arguments.EnumerateObject().Where(argument => !Own.Contains(argument.Name)))
            {
                argument.WriteTo(json);
            }
        }
    }
}
