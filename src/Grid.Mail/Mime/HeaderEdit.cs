namespace Grid.Mail.Mime;

/// <summary>
/// Changes to the header of a message that is good otherwise (CRLF line ends), made into one new array; the body stays byte for byte.
/// Values are plain text: folding and RFC 2047 encoding are done here. A name that is none, or a value with a control character,
/// is a programming error and throws <see cref="ArgumentException"/>: whoever takes values from outside has checked them.
/// </summary>
public sealed class HeaderEdit(ReadOnlyMemory<byte> message)
{
    private readonly ReadOnlyMemory<byte> message = message;
    private readonly ByteEdits edits = new();
    private readonly int headerEnd = HeaderLines.EndOf(message.Span);

    /// <summary>Adds a field at the top, where trace fields belong; the last one prepended stands below those before it.</summary>
    public HeaderEdit Prepend(string name, string value) => Insert(0, Line(name, value));

    /// <summary>Adds a finished field at the top: <c>Name: value CRLF</c>, folded already, such as a signature.</summary>
    public HeaderEdit PrependLine(ReadOnlyMemory<byte> line)
    {
        if (!HeaderLines.IsField(line.Span))
        {
            throw new ArgumentException("is not one header field with its line end", nameof(line));
        }

        return Insert(0, line);
    }

    /// <summary>Adds a field at the end of the header.</summary>
    public HeaderEdit Append(string name, string value) => Insert(headerEnd, Line(name, value));

    /// <summary>Removes every field of that name, in any case.</summary>
    public HeaderEdit Remove(string name)
    {
        Visit(name, (start, length) => edits.Remove(start, length));
        return this;
    }

    /// <summary>Puts one field in the place of the first of that name and removes the others; appends it where there was none.</summary>
    public HeaderEdit Replace(string name, string value)
    {
        var line = Line(name, value);
        var isReplaced = false;
        Visit(name, (start, length) =>
        {
            edits.Replace(start, length, isReplaced ? default : line);
            isReplaced = true;
        });
        return isReplaced ? this : Insert(headerEnd, line);
    }

    /// <summary>The changed message; a field may be removed or replaced once only.</summary>
    public byte[] Build() => edits.Apply(message.Span);

    private HeaderEdit Insert(int at, ReadOnlyMemory<byte> line)
    {
        edits.Insert(at, line);
        return this;
    }

    private void Visit(string name, Action<int, int> found)
    {
        var span = message.Span;
        for (var start = 0; start < headerEnd;)
        {
            var end = HeaderLines.FieldEnd(span, start);
            if (HeaderLines.IsNamed(span[start..end], name))
            {
                found(start, end - start);
            }

            start = end;
        }
    }

    private static ReadOnlyMemory<byte> Line(string name, string value)
    {
        if (!Characters.IsFieldName(name))
        {
            throw new ArgumentException($"'{name}' is not a header field's name", nameof(name));
        }

        if (value.AsSpan().IndexOfAny(Characters.HeaderControls) >= 0)
        {
            throw new ArgumentException($"the value of {name} has a control character", nameof(value));
        }

        using var buffer = new MimeBuffer(name.Length + value.Length * 2 + 64);
        var writer = new HeaderWriter(buffer);
        writer.Begin(name);
        writer.Unstructured(value);
        writer.End();
        return buffer.ToArray();
    }
}
