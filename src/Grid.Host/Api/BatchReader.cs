using System.Text.Json;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Walks through the messages of a batch. A message that cannot be read is a fault of its own and leaves the others good.</summary>
public static class BatchReader
{
    /// <summary>Takes one message as read, or what is wrong with it.</summary>
    public delegate void Visitor(OutgoingMessage? message, FieldError? error);

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 32 };

    /// <summary>Visits all in order; null when the batch itself is sound. Some may have been visited before a fault is found.</summary>
    public static FieldError? Read(ReadOnlySpan<byte> json, int maxMessages, Visitor visit)
    {
        var reader = new Utf8JsonReader(json, Strict);
        try
        {
            return ReadObject(ref reader, maxMessages, visit);
        }
        catch (JsonException fault)
        {
            return JsonRequest.Explain(fault);
        }
        catch (InvalidOperationException)
        {
            return JsonRequest.NoUnicode;
        }
    }

    private static FieldError? ReadObject(ref Utf8JsonReader reader, int maxMessages, Visitor visit)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return new(JsonRequest.WholeBody, "must be an object with messages");
        }

        var seen = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("messages"u8))
            {
                return new(reader.GetString()!, "there is no such field");
            }

            if (seen)
            {
                return new("messages", "the field is given twice");
            }

            seen = true;
            reader.Read();
            if (ReadMessages(ref reader, maxMessages, visit) is { } error)
            {
                return error;
            }
        }

        // Reads on to the end, so that anything after the object is a fault.
        reader.Read();
        return seen ? null : new("messages", "is required");
    }

    private static FieldError? ReadMessages(ref Utf8JsonReader reader, int maxMessages, Visitor visit)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return new("messages", "must be a list");
        }

        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (++count > maxMessages)
            {
                return new("messages", $"must be at most {maxMessages}");
            }

            var before = reader;
            try
            {
                var message = JsonSerializer.Deserialize(ref reader, ApiJson.Default.OutgoingMessage);
                visit(message, message is null ? new(JsonRequest.WholeBody, "must be an object") : null);
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                reader = before;
                reader.Skip();
                visit(null, fault is JsonException json ? JsonRequest.Explain(json) : JsonRequest.NoUnicode);
            }
        }

        return count == 0 ? new("messages", "must be at least 1") : null;
    }
}
