using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Grid.Core.Vocabulary;

namespace Grid.Host.Telemetry;

/// <summary>
/// Traces along messages' lives. A message's trace id is made from its own id, so that what happens to it days later, or in another
/// process, joins what happened before; whether it is traced at all is decided by the same number everywhere.
/// </summary>
public sealed class MessageTrace : IDisposable
{
    /// <summary>Name of the source of all spans.</summary>
    public const string SourceName = "Grid";

    private readonly ActivitySource _source = new(SourceName);
    private readonly ulong _below;

    /// <param name="ratio">Fraction of messages that are traced, 0 to 1.</param>
    public MessageTrace(double ratio) => _below = ratio >= 1 ? ulong.MaxValue : (ulong)(ratio * ulong.MaxValue);

    /// <summary>Begins a span of a message's life; null where it isn't traced.</summary>
    public Activity? Begin(string name, MessageId message, ActivityKind kind)
    {
        if (_below == 0 || !_source.HasListeners())
        {
            return null;
        }

        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(message, id);
        if (BinaryPrimitives.ReadUInt64BigEndian(id[16..]) > _below)
        {
            return null;
        }

        // All spans hang below one that nobody writes: the life of the message itself.
        var life = new ActivityContext(
            ActivityTraceId.CreateFromBytes(id[..16]), ActivitySpanId.CreateFromBytes(id.Slice(24, 8)), ActivityTraceFlags.Recorded, isRemote: true);
        var activity = _source.StartActivity(name, kind, life);
        activity?.SetTag("grid.message", message.ToString());
        return activity;
    }

    /// <summary>The trace that a message's spans are in.</summary>
    public static string TraceIdOf(MessageId message)
    {
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(message, id);
        return Convert.ToHexStringLower(id[..16]);
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();

    private static void Hash(MessageId message, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, message.Value);
        SHA256.HashData(bytes, hash);
    }
}
