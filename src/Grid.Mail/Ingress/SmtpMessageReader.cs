using System.Buffers.Text;
using System.Text;

namespace Grid.Mail.Ingress;

/// <summary>
/// Receives the message of a transaction, by DATA or by BDAT (RFC 3030), into a bounded buffer. What is too large is read to its end and
/// dropped, up to as much again; after that the session is cut.
/// </summary>
internal sealed class SmtpMessageReader(SmtpServerWire wire, SmtpListenerOptions options, SmtpMemoryBudget budget) : IDisposable
{
    private readonly SmtpMessageBuffer _buffer = new(options.MaxMessageBytes, budget);
    private SmtpDataDecoder? _decoder;
    private long _received;

    /// <summary>Chunks of this transaction have come.</summary>
    public bool HasChunks { get; private set; }

    /// <summary>Why the message must be refused; null where it is sound.</summary>
    public SmtpServerReply? Refusal => _buffer.Fault switch
    {
        SmtpMessageFault.None => null,
        SmtpMessageFault.BareLineEnd => SmtpReplies.BareLineEnd,
        SmtpMessageFault.Nul => SmtpReplies.Nul,
        SmtpMessageFault.TooLarge => SmtpReplies.TooLarge,
        SmtpMessageFault.NoMemory => SmtpReplies.NoMemory,
        _ => throw new InvalidOperationException($"Unknown fault {_buffer.Fault}."),
    };

    /// <summary>The client and we may disagree on where this message ended: nothing after it can be trusted.</summary>
    public bool IsStreamInDoubt => !HasChunks && _buffer.Fault is SmtpMessageFault.BareLineEnd or SmtpMessageFault.Nul;

    /// <summary>Reads up to the final dot. TooLong when the client goes on and on.</summary>
    public async ValueTask<SmtpWireStatus> ReadDataAsync()
    {
        _decoder ??= new SmtpDataDecoder(_buffer);
        _decoder.Reset();
        wire.SetDeadline(options.DataTimeout);
        if (!await wire.FlushAsync().ConfigureAwait(false))
            return SmtpWireStatus.Ended;

        while (true)
        {
            while (wire.HasInput)
            {
                bool complete = _decoder.Read(wire.Input, out int consumed);
                wire.Consume(consumed);
                _received += consumed;
                if (complete)
                {
                    wire.ClearDeadline();
                    return SmtpWireStatus.Ready;
                }
            }

            var status = await FillAsync().ConfigureAwait(false);
            if (status != SmtpWireStatus.Ready)
                return status;
        }
    }

    /// <summary>Reads a chunk of so many bytes. A chunk outside a transaction is read and dropped, as RFC 3030, 2 wants.</summary>
    public async ValueTask<SmtpWireStatus> ReadChunkAsync(long size, bool keep)
    {
        HasChunks |= keep;
        wire.SetDeadline(options.DataTimeout);
        while (size > 0)
        {
            if (!wire.HasInput)
            {
                if (!await wire.FlushAsync().ConfigureAwait(false))
                    return SmtpWireStatus.Ended;

                var status = await FillAsync().ConfigureAwait(false);
                if (status != SmtpWireStatus.Ready)
                    return status;
            }

            int count = (int)Math.Min(size, wire.Input.Length);
            if (keep)
                _buffer.Append(wire.Input[..count]);

            wire.Consume(count);
            _received += count;
            size -= count;
        }

        wire.ClearDeadline();
        _received = keep ? _received : 0;
        return SmtpWireStatus.Ready;
    }

    /// <summary>All chunks are here: checks their lines, which no decoder has looked at.</summary>
    public void FinishChunks()
    {
        if (_buffer.LacksLineEnd)
            _buffer.Append("\r\n"u8);

        _buffer.CheckLines();
    }

    /// <summary>The message; the reader is ready for the next.</summary>
    public byte[] Take()
    {
        byte[] message = _buffer.Take();
        Reset();
        return message;
    }

    /// <summary>Drops what there is.</summary>
    public void Reset()
    {
        _buffer.Reset();
        HasChunks = false;
        _received = 0;
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    /// <summary>Takes the arguments of BDAT apart: a size of at most 18 digits, and LAST or nothing.</summary>
    public static bool TryParseChunk(ReadOnlySpan<byte> arguments, out long size, out bool last)
    {
        last = false;
        if (!Utf8Parser.TryParse(arguments, out size, out int taken) || size < 0 || taken > 18 || !char.IsAsciiDigit((char)arguments[0]))
            return false;

        last = Ascii.EqualsIgnoreCase(arguments[taken..], " LAST"u8);
        return last || taken == arguments.Length;
    }

    private async ValueTask<SmtpWireStatus> FillAsync()
    {
        if (_received > 2L * options.MaxMessageBytes)
            return SmtpWireStatus.TooLong;

        SmtpWireStatus status;
        do
            status = await wire.FillAsync().ConfigureAwait(false);
        while (status == SmtpWireStatus.Draining);
        return status;
    }
}
