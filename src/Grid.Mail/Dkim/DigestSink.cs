using System.Security.Cryptography;

namespace Grid.Mail.Dkim;

/// <summary>Gathers short runs of bytes before they are hashed, and counts them all.</summary>
internal ref struct DigestSink(IncrementalHash hash, Span<byte> buffer)
{
    private readonly IncrementalHash hash = hash;
    private readonly Span<byte> buffer = buffer;
    private int filled;

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (bytes.Length > buffer.Length - filled)
        {
            Flush();
            if (bytes.Length > buffer.Length)
            {
                hash.AppendData(bytes);
                return;
            }
        }

        bytes.CopyTo(buffer[filled..]);
        filled += bytes.Length;
    }

    public void Flush()
    {
        hash.AppendData(buffer[..filled]);
        filled = 0;
    }
}
