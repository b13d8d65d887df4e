using System.Globalization;

namespace Grid.Host.Demo;

/// <summary>Events of note, with the time since the start. Keeps the latest 200. Safe from anywhere.</summary>
internal sealed class Journal(TimeProvider clock)
{
    private const int MaxLines = 200;
    private const int MaxLength = 400;

    private readonly long _start = clock.GetTimestamp();
    private readonly Queue<string> _lines = new();
    private readonly Lock _gate = new();

    /// <summary>Told each new line, one at a time.</summary>
    public event Action<string>? Added;

    /// <summary>Since the start.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_start);

    /// <summary>The latest lines, newest last.</summary>
    public IReadOnlyList<string> Latest(int count)
    {
        lock (_gate)
        {
            return [.. _lines.TakeLast(count)];
        }
    }

    /// <summary>Adds a line. What it quotes from outside can't do more than be read: control characters become "?", and it ends after 400 characters.</summary>
    public void Add(string text)
    {
        var printable = string.Create(Math.Min(text.Length, MaxLength), text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
        lock (_gate)
        {
            var line = Elapsed.ToString(@"mm\:ss", CultureInfo.InvariantCulture) + " " + printable.TrimEnd();
            _lines.Enqueue(line);
            if (_lines.Count > MaxLines)
            {
                _lines.Dequeue();
            }

            Added?.Invoke(line);
        }
    }
}
