using System.Text;
using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>A message header quoted in running text.</summary>
/// <param name="Start">Where its first line begins.</param>
internal readonly record struct HeaderBlock(int Start)
{
    private const int MinFields = 2;

    /// <summary>
    /// The first run of header lines from <paramref name="from"/> on that begins within so many characters. With
    /// <paramref name="needsTrace"/> it must hold what only a whole header has: Received or Return-Path.
    /// </summary>
    public static HeaderBlock? Find(string text, int from, int within, bool needsTrace = false)
    {
        var run = default(Run);
        var position = from;
        while (position < text.Length)
        {
            var next = text.IndexOf('\n', position);
            var end = next < 0 ? text.Length : next;
            var line = text.AsSpan(position, end - position).TrimEnd();
            if (FieldName(line) is { Length: > 0 } name)
            {
                run.Add(name, position);
            }
            else if (!(run.Fields > 0 && line.Length > 0 && Characters.IsBlank(line[0])))
            {
                if (run.IsHeader(needsTrace))
                {
                    return new(run.Start);
                }

                run = default;
            }

            if (run.Fields == 0 && position - from > within)
            {
                return null;
            }

            position = end + 1;
        }

        return run.IsHeader(needsTrace) ? new(run.Start) : null;
    }

    /// <summary>Removes the blanks that every line begins with, up to the first empty line: some reports indent the copy.</summary>
    public static string Unindent(string text)
    {
        var indent = text.Length - text.TrimStart(' ', '\t').Length;
        if (indent == 0)
        {
            return text;
        }

        var header = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            header.Append(line.Length >= indent && string.IsNullOrWhiteSpace(line[..indent]) ? line[indent..] : line).Append('\n');
        }

        return header.ToString();
    }

    private static ReadOnlySpan<char> FieldName(ReadOnlySpan<char> line)
    {
        line = line.TrimStart();
        var colon = line.IndexOf(':');
        return colon is > 0 and < 40 && Characters.IsFieldName(line[..colon]) && !line[(colon + 1)..].StartsWith("//", StringComparison.Ordinal) ? line[..colon] : default;
    }

    private struct Run
    {
        private bool hasTrace;
        private bool hasCommon;

        public int Start { get; private set; }

        public int Fields { get; private set; }

        public void Add(ReadOnlySpan<char> name, int position)
        {
            Start = Fields++ == 0 ? position : Start;
            hasTrace |= Is(name, "Received") || Is(name, "Return-Path");
            hasCommon |= Is(name, "Message-ID") || Is(name, "Subject") || Is(name, "From") || Is(name, "To") || Is(name, "Date");
        }

        public readonly bool IsHeader(bool needsTrace) => Fields >= MinFields && (hasTrace || !needsTrace && hasCommon);

        private static bool Is(ReadOnlySpan<char> name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
    }
}
