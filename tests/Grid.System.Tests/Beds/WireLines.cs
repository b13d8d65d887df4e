namespace Grid.System.Tests.Beds;

/// <summary>Reads lines from a stream, as bytes with their line ends; at most 64 MiB a line.</summary>
internal sealed class WireLines(Stream stream)
{
    private const int MaxLine = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>True when more has arrived than was asked for: the peer pipelines.</summary>
    public bool HasMore => _end > _start;

    /// <summary>The next line with its LF, valid until the next call; null at the end of the stream.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken = default)
    {
        var searched = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + at + 1);
                _start += line.Length;
                return line;
            }

            searched = _end - _start;
            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Assert.True(_end < MaxLine, "a line is longer than 64 MiB");
            Array.Resize(ref _buffer, _end * 2);
        }
    }
}
