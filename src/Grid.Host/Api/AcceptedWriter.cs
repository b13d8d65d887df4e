using System.Buffers;
using System.Text.Json;
using Grid.Grains.Ingress;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Writes what became of submitted messages, without a detour over objects.</summary>
internal static class AcceptedWriter
{
    /// <summary>One message.</summary>
    public static ReadOnlyMemory<byte> WriteOne(AcceptedMessage message) => Write(writer => WriteMessage(writer, message), 256);

    /// <summary>A batch in its order: where <paramref name="errors"/> has no entry, the next accepted message stands.</summary>
    public static ReadOnlyMemory<byte> WriteBatch(IReadOnlyList<AcceptedMessage> messages, IReadOnlyList<IReadOnlyList<FieldError>?> errors) => Write(
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("results"u8);
            var next = 0;
            foreach (var faults in errors)
            {
                if (faults is null)
                {
                    WriteMessage(writer, messages[next++]);
                }
                else
                {
                    JsonSerializer.Serialize(writer, new AcceptedBody(null, null, faults), ApiJson.Default.AcceptedBody);
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        },
        64 + (160 * errors.Count));

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write, int expectedBytes)
    {
        var buffer = new ArrayBufferWriter<byte>(expectedBytes);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    private static void WriteMessage(Utf8JsonWriter writer, AcceptedMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, message.Id.ToString());
        writer.WriteStartArray("recipients"u8);
        foreach (var recipient in message.Recipients)
        {
            writer.WriteStartObject();
            writer.WriteString("address"u8, recipient.Address);
            writer.WriteString("status"u8, recipient.Status);
            if (recipient.Clause is not null)
            {
                writer.WriteString("clause"u8, recipient.Clause);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
