using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Grid.Mail.Sending;
using Microsoft.AspNetCore.Connections;

namespace Grid.Mail.Ingress;

/// <summary>
/// The bytes of one session. Replies gather and leave when the session has to wait for more input, so that a pipelined group is answered in
/// one write. What has been read stays in the pipe until it is taken; a line is at most <see cref="SmtpCommand.MaxAuthBytes"/> bytes.
/// </summary>
internal sealed class SmtpServerWire : IDisposable
{
    private readonly ConnectionContext _connection;
    private readonly Deadline _deadline;
    private readonly CancellationTokenRegistration _draining;
    private PipeReader _reader;
    private PipeWriter _writer;
    private ReadOnlySequence<byte> _buffer;
    private SslStream? _tls;
    private bool _held; // a read result has not been given back
    private bool _ended; // nothing comes any more
    private volatile bool _waiting; // for the client to send or to take; otherwise the deadline aborts
    private volatile bool _timedOut;
    private volatile bool _evicted;

    public SmtpServerWire(ConnectionContext connection, TimeProvider clock, CancellationToken draining)
    {
        _connection = connection;
        _reader = connection.Transport.Input;
        _writer = connection.Transport.Output;
        _deadline = new Deadline(clock, Expire);
        _draining = draining.UnsafeRegister(static w => ((SmtpServerWire)w!)._reader.CancelPendingRead(), this);
    }

    /// <summary>Its place was given away: the session ends with its next wait.</summary>
    public bool IsEvicted => _evicted;

    /// <summary>Bytes have arrived that nobody has taken.</summary>
    public bool HasInput => !_buffer.IsEmpty;

    /// <summary>The first piece of what has arrived; not empty while <see cref="HasInput"/>.</summary>
    public ReadOnlySpan<byte> Input
    {
        get
        {
            foreach (var piece in _buffer)
                if (!piece.IsEmpty)
                    return piece.Span;

            return default;
        }
    }

    /// <summary>The line that <see cref="TryReadLine"/> found, without its CRLF; valid until more input is waited for.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Takes bytes of <see cref="Input"/>.</summary>
    public void Consume(int bytes) => _buffer = _buffer.Slice(bytes);

    /// <summary>Copies the first of what has arrived, as far as it fits; returns how much. It stays.</summary>
    public int Look(Span<byte> start)
    {
        int length = (int)Math.Min(start.Length, _buffer.Length);
        _buffer.Slice(0, length).CopyTo(start);
        return length;
    }

    /// <summary>Looks, without waiting, whether the client has sent anything.</summary>
    public bool Peek()
    {
        if (!_held && _reader.TryRead(out var result))
            Hold(result);

        return HasInput;
    }

    /// <summary>From now on the client has so much time, whatever it sends meanwhile.</summary>
    public void SetDeadline(TimeSpan after) => _deadline.Set(after);

    /// <summary>No limit while the grid itself is at work.</summary>
    public void ClearDeadline() => _deadline.Clear();

    /// <summary>Adds a reply.</summary>
    public void Write(SmtpServerReply reply) => SmtpReplyFormat.Write(_writer, reply);

    /// <summary>Adds whole lines.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => _writer.Write(bytes);

    /// <summary>Sends what was added; false when the client is gone or took nothing within the deadline.</summary>
    public ValueTask<bool> FlushAsync()
    {
        _waiting = true;
        var flush = _writer.FlushAsync();
        return flush.IsCompletedSuccessfully ? new(!flush.Result.IsCompleted && !flush.Result.IsCanceled) : FlushedAsync(flush);
    }

    /// <summary>Takes a line if a whole one is here. Any CR, LF or NUL but the ending CRLF makes it malformed.</summary>
    /// <returns>Ready, TooLong, Malformed; or Ended where more input is needed.</returns>
    public SmtpWireStatus TryReadLine()
    {
        if (_buffer.PositionOf((byte)'\n') is not { } lineFeed)
            return _buffer.Length >= SmtpCommand.MaxAuthBytes ? SmtpWireStatus.TooLong : SmtpWireStatus.Ended;

        var whole = _buffer.Slice(0, lineFeed);
        if (whole.Length >= SmtpCommand.MaxAuthBytes)
            return SmtpWireStatus.TooLong;

        var line = whole.IsSingleSegment ? whole.First : whole.ToArray();
        _buffer = _buffer.Slice(_buffer.GetPosition(1, lineFeed));
        if (line.IsEmpty || line.Span[^1] != (byte)'\r' || line.Span[..^1].ContainsAny((byte)'\r', (byte)0))
            return SmtpWireStatus.Malformed;

        Line = line[..^1];
        return SmtpWireStatus.Ready;
    }

    /// <summary>The next line, in <see cref="Line"/>: at once where it is here, otherwise after sending what was added. Has its own deadline.</summary>
    public async ValueTask<SmtpWireStatus> ReadLineAsync(TimeSpan timeout)
    {
        var status = TryReadLine();
        if (status != SmtpWireStatus.Ended)
            return status;

        SetDeadline(timeout);
        if (!await FlushAsync().ConfigureAwait(false))
            return _timedOut ? SmtpWireStatus.TimedOut : SmtpWireStatus.Ended;

        do
        {
            status = await FillAsync().ConfigureAwait(false);
            if (status != SmtpWireStatus.Ready)
                return status;

            status = TryReadLine();
        }
        while (status == SmtpWireStatus.Ended);
        ClearDeadline();
        return status;
    }

    /// <summary>Ends the wait that is under way, or else the next one. From any thread.</summary>
    public void Evict()
    {
        _evicted = true;
        _reader.CancelPendingRead();
    }

    /// <summary>Waits for more input. Ready, Ended, TimedOut, Evicted or Draining.</summary>
    public async ValueTask<SmtpWireStatus> FillAsync()
    {
        long before = _buffer.Length;
        if (_held)
            _reader.AdvanceTo(_buffer.Start, _buffer.End);

        _held = false;
        _buffer = default;
        if (_ended || _timedOut || _evicted)
            return _timedOut ? SmtpWireStatus.TimedOut : _ended ? SmtpWireStatus.Ended : SmtpWireStatus.Evicted;

        _waiting = true;
        var result = await _reader.ReadAsync().ConfigureAwait(false);
        _waiting = false;
        Hold(result);
        if (_buffer.Length > before)
            return SmtpWireStatus.Ready;

        return _timedOut ? SmtpWireStatus.TimedOut : _ended ? SmtpWireStatus.Ended : _evicted ? SmtpWireStatus.Evicted : SmtpWireStatus.Draining;
    }

    /// <summary>Goes over to TLS, within a time after which the connection is cut. Returns the protocol; null where the handshake failed and the session is over.</summary>
    public async ValueTask<string?> StartTlsAsync(SslStreamCertificateContext certificate, TimeSpan timeout)
    {
        _waiting = false;
        SetDeadline(timeout);
        if (_held)
            _reader.AdvanceTo(_buffer.Start);

        _held = false;
        _buffer = default;
        var tls = new SslStream(new DuplexPipeStream(_reader, _writer), leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            return null;
        }

        ClearDeadline();
        _tls = tls;
        _reader = PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        _writer = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
        return tls.SslProtocol.ToString();
    }

    /// <summary>Sends the last words within a time, after which the connection is cut.</summary>
    public async ValueTask CloseAsync(TimeSpan timeout)
    {
        _waiting = false;
        SetDeadline(timeout);
        await _writer.FlushAsync().ConfigureAwait(false);
        if (_tls is not null)
            await _tls.ShutdownAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _draining.Dispose();
        _deadline.Dispose();
        if (_held)
            _reader.AdvanceTo(_buffer.Start);

        if (_tls is not null)
        {
            _reader.Complete();
            _writer.Complete(new ConnectionAbortedException()); // with an exception, as otherwise it writes, and blocks
            _tls.Dispose();
        }
    }

    private void Hold(ReadResult result)
    {
        _held = true;
        _buffer = result.Buffer;
        _ended |= result.IsCompleted;
    }

    private async ValueTask<bool> FlushedAsync(ValueTask<FlushResult> flush)
    {
        var result = await flush.ConfigureAwait(false);
        return !result.IsCompleted && !result.IsCanceled;
    }

    private void Expire()
    {
        if (!_waiting || _timedOut)
        {
            _connection.Abort(new ConnectionAbortedException("The client took too long."));
            return;
        }

        _timedOut = true;
        _reader.CancelPendingRead();
        _writer.CancelPendingFlush();
    }
}
