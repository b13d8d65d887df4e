using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Grid.Mail.Sending;

/// <summary>Bytes on their way out. Its memory is rented for one write and given back after it, so that an idle connection holds none.</summary>
internal sealed class OutputBuffer
{
    private byte[] _bytes = [];
    private int _count;

    /// <summary>What is to be sent.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    /// <summary>Makes room for so many bytes more.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _count < bytes)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_count + bytes);
            Written.Span.CopyTo(larger);
            Return();
            _bytes = larger;
        }

        return _bytes.AsSpan(_count);
    }

    /// <summary>Counts bytes that were put into the room.</summary>
    public void Advance(int bytes) => _count += bytes;

    /// <summary>Appends bytes.</summary>
    public OutputBuffer Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _count += bytes.Length;
        return this;
    }

    /// <summary>Appends text as UTF-8.</summary>
    public OutputBuffer Append(string text)
    {
        _count += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));
        return this;
    }

    /// <summary>Appends a number in decimal.</summary>
    public OutputBuffer Append(int number)
    {
        Utf8Formatter.TryFormat(number, Room(11), out int written);
        _count += written;
        return this;
    }

    /// <summary>Gives the memory back.</summary>
    public void Clear()
    {
        Return();
        _bytes = [];
        _count = 0;
    }

    private void Return()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);
    }
}
