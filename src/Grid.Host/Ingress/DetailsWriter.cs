using System.Buffers;
using System.Text;
using System.Text.Json;
using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Ingress;

/// <summary>Writes what a tenant said of a message, as JSON, with one buffer a thread.</summary>
internal static class DetailsWriter
{
    /// <summary>A buffer that grew beyond this is not kept.</summary>
    private const int MaxKeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    public static string Write(string? from, string? subject, JsonElement? metadata, Declarations declared)
    {
        var own = buffer ??= new(1024);
        if (writer is null)
        {
            writer = new(own);
        }
        else
        {
            own.ResetWrittenCount();
            writer.Reset(own);
        }

        var whole = new MessageDetails(from, subject, metadata, declared.Consent)
        {
            Purpose = declared.Purpose,
            Topic = declared.Topic,
            Reason = declared.Reason,
            Attestation = declared.Attestation,
        };
        JsonSerializer.Serialize(writer, whole, ApiJson.Default.MessageDetails);
        var details = Encoding.UTF8.GetString(own.WrittenSpan);
        if (own.Capacity > MaxKeptBytes)
        {
            (buffer, writer) = (null, null);
        }

        return details;
    }
}
