using System.Text;

namespace Grid.Mail.Mime;

/// <summary>Where fields begin and end in a header section.</summary>
internal static class HeaderLines
{
    /// <summary>Where the header's last line ends: the start of the empty line, or the end of a message without one.</summary>
    public static int EndOf(ReadOnlySpan<byte> message)
    {
        var position = 0;
        while (position < message.Length)
        {
            var next = message[position..].IndexOf((byte)'\n');
            var line = (next < 0 ? message[position..] : message.Slice(position, next)).TrimEnd((byte)'\r');
            if (line.Length == 0)
            {
                return position;
            }

            position = next < 0 ? message.Length : position + next + 1;
        }

        return position;
    }

    /// <summary>Where the field that begins at <paramref name="start"/> ends, folds and the last line end included.</summary>
    public static int FieldEnd(ReadOnlySpan<byte> message, int start)
    {
        while (true)
        {
            var next = message[start..].IndexOf((byte)'\n');
            start = next < 0 ? message.Length : start + next + 1;
            if (start == message.Length || !Characters.IsBlank(message[start]))
            {
                return start;
            }
        }
    }

    public static bool IsNamed(ReadOnlySpan<byte> field, ReadOnlySpan<char> name) =>
        field.IndexOf((byte)':') is > 0 and var colon && Ascii.EqualsIgnoreCase(field[..colon].TrimEnd(" \t"u8), name);

    /// <summary>One whole field: a name, a colon, no control but TAB and its own line ends, every further line a fold.</summary>
    public static bool IsField(ReadOnlySpan<byte> field)
    {
        if (!field.EndsWith("\r\n"u8) || field.IndexOf((byte)':') is var colon && (colon <= 0 || !Characters.IsFieldName(field[..colon])))
        {
            return false;
        }

        var rest = field[..^2];
        while (rest.IndexOfAnyInRange((byte)0, (byte)31) is >= 0 and var control)
        {
            if (rest[control] == '\t')
            {
                rest = rest[(control + 1)..];
            }
            else if (rest[control..].StartsWith("\r\n"u8) && control + 2 < rest.Length && Characters.IsBlank(rest[control + 2]))
            {
                rest = rest[(control + 2)..];
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
