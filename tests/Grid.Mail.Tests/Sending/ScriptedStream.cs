using System.Text;

namespace Grid.Mail.Tests.Sending;

/// <summary>A server in a stream: says its turn of a transcript once the client has said exactly what comes before it.</summary>
public sealed class ScriptedStream : Stream
{
    private readonly Transcript _script;
    private readonly Chunking _chunking;
    private readonly Queue<byte[]> _spoken = new();
    private readonly List<byte> _heard = [];
    private TaskCompletionSource _news = new();
    private int _turn;
    private bool _closed;
    private bool _disposed;

    public ScriptedStream(string script, Chunking chunking = Chunking.Whole)
    {
        _script = Transcript.Parse(script);
        _chunking = chunking;
        Speak();
    }

    /// <summary>What the client said that is not in the script.</summary>
    public string? Mismatch { get; private set; }

    public int Writes { get; private set; }

    /// <summary>After so many writes the next one finds the connection broken.</summary>
    public int WritesUntilBroken { get; init; } = int.MaxValue;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The client said all that the script has and nothing else.</summary>
    public void AssertPlayed()
    {
        Assert.Null(Mismatch);
        Assert.Equal(_script.Turns.Count, _turn);
        Assert.Equal("", Encoding.UTF8.GetString([.. _heard]));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (++Writes > WritesUntilBroken)
            throw new IOException("broken pipe");

        _heard.AddRange(buffer.Span);
        while (_turn < _script.Turns.Count && _script.Turns[_turn] is { Client: true } turn && _heard.Count >= turn.Bytes.Length)
        {
            byte[] said = [.. _heard[..turn.Bytes.Length]];
            if (!said.AsSpan().SequenceEqual(turn.Bytes))
                Mismatch ??= $"expected {Encoding.UTF8.GetString(turn.Bytes)} but the client said {Encoding.UTF8.GetString(said)}";

            _heard.RemoveRange(0, turn.Bytes.Length);
            _turn++;
            Speak();
        }

        return ValueTask.CompletedTask;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_spoken.TryDequeue(out byte[]? piece))
            {
                int count = Math.Min(piece.Length, buffer.Length);
                piece.AsSpan(0, count).CopyTo(buffer.Span);
                if (count < piece.Length)
                {
                    byte[][] rest = [piece[count..], .. _spoken];
                    _spoken.Clear();
                    foreach (byte[] next in rest)
                        _spoken.Enqueue(next);
                }

                return count;
            }

            if (_closed)
                return 0;

            await _news.Task.ConfigureAwait(false);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        Wake();
        base.Dispose(disposing);
    }

    private void Speak()
    {
        for (; _turn < _script.Turns.Count && !_script.Turns[_turn].Client; _turn++)
            foreach (byte[] piece in Transcript.Cut(_script.Turns[_turn].Bytes, _chunking))
                _spoken.Enqueue(piece);

        _closed = _turn == _script.Turns.Count && _script.ServerCloses;
        Wake();
    }

    private void Wake()
    {
        var news = _news;
        _news = new TaskCompletionSource();
        news.TrySetResult();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
