using System.Buffers;

namespace Grid.Mail.Ingress;

/// <summary>
/// A message while it arrives: grows with what has come, never with what was announced, up to the listener's size and memory. After a fault
/// it holds nothing more and only counts.
/// </summary>
internal sealed class SmtpMessageBuffer(int maxBytes, SmtpMemoryBudget budget) : IDisposable
{
    private const int FirstRoom = 8 * 1024;

    private byte[] _bytes = [];
    private int _count;

    /// <summary>Bytes kept.</summary>
    public int Count => _count;

    /// <summary>The first fault found.</summary>
    public SmtpMessageFault Fault { get; private set; }

    /// <summary>Appends, unless there is a fault or the bytes make one.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Fault != SmtpMessageFault.None || bytes.IsEmpty)
            return;

        if (bytes.Length > maxBytes - _count)
        {
            Fail(SmtpMessageFault.TooLarge);
            return;
        }

        if (bytes.Length > _bytes.Length - _count && !TryGrow(_count + bytes.Length))
            return;

        bytes.CopyTo(_bytes.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>Marks a fault, if it is the first, and frees the memory.</summary>
    public void Fail(SmtpMessageFault fault)
    {
        if (Fault != SmtpMessageFault.None)
            return;

        Release();
        Fault = fault;
    }

    /// <summary>The message in an array of exactly its size. The buffer is empty and ready for the next afterwards.</summary>
    public byte[] Take()
    {
        byte[] message = GC.AllocateUninitializedArray<byte>(_count);
        _bytes.AsSpan(0, _count).CopyTo(message);
        Reset();
        return message;
    }

    /// <summary>Empty, without a fault; holds no memory.</summary>
    public void Reset()
    {
        Release();
        Fault = SmtpMessageFault.None;
    }

    /// <summary>A CR, LF or NUL out of place; for messages that came by BDAT, where nothing had to look at the lines.</summary>
    public void CheckLines()
    {
        var rest = _bytes.AsSpan(0, _count);
        while (rest.IndexOfAny((byte)'\r', (byte)'\n', (byte)0) is >= 0 and var at)
        {
            if (rest[at] == 0)
            {
                Fail(SmtpMessageFault.Nul);
                return;
            }

            if (rest[at] == (byte)'\n' || at + 1 == rest.Length || rest[at + 1] != (byte)'\n')
            {
                Fail(SmtpMessageFault.BareLineEnd);
                return;
            }

            rest = rest[(at + 2)..];
        }
    }

    /// <summary>The last line lacks its end.</summary>
    public bool LacksLineEnd => _count > 0 && _bytes[_count - 1] != (byte)'\n';

    /// <inheritdoc />
    public void Dispose() => Release();

    private bool TryGrow(int needed)
    {
        // The pool's arrays are powers of two; asking for one keeps the account exact.
        int room = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(needed, FirstRoom));
        if (!budget.TryReserve(room))
        {
            Fail(SmtpMessageFault.NoMemory);
            return false;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(room);
        _bytes.AsSpan(0, _count).CopyTo(larger);
        int count = _count;
        Release();
        _bytes = larger;
        _count = count;
        return true;
    }

    private void Release()
    {
        if (_bytes.Length > 0)
        {
            budget.Release(_bytes.Length);
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = [];
        _count = 0;
    }
}
