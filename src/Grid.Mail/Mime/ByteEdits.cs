namespace Grid.Mail.Mime;

/// <summary>Changes to be made to a run of bytes, made all at once into one new array.</summary>
internal sealed class ByteEdits
{
    private readonly List<(int Start, int Length, ReadOnlyMemory<byte> Replacement, int Order)> edits = [];

    public bool IsEmpty => edits.Count == 0;

    /// <summary>Replaces <paramref name="length"/> bytes at <paramref name="start"/> of the original. Edits must not overlap;
    /// insertions at one place stay in the order in which they were asked for.</summary>
    public void Replace(int start, int length, ReadOnlyMemory<byte> replacement) => edits.Add((start, length, replacement, edits.Count));

    public void Insert(int start, ReadOnlyMemory<byte> bytes) => Replace(start, 0, bytes);

    public void Remove(int start, int length) => Replace(start, length, default);

    /// <summary>Whether the byte at a place is already replaced or removed.</summary>
    public bool Covers(int position)
    {
        foreach (var edit in edits)
        {
            if (edit.Start <= position && position < edit.Start + edit.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How much longer the first <paramref name="length"/> bytes of the original become, insertions at their very end included.</summary>
    public int GrowthWithin(int length)
    {
        var growth = 0;
        foreach (var edit in edits)
        {
            growth += edit.Start + edit.Length <= length ? edit.Replacement.Length - edit.Length : 0;
        }

        return growth;
    }

    public byte[] Apply(ReadOnlySpan<byte> original)
    {
        edits.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Order.CompareTo(b.Order));
        var result = new byte[original.Length + GrowthWithin(original.Length)];
        var from = 0;
        var to = result.AsSpan();
        foreach (var (start, length, replacement, _) in edits)
        {
            var kept = original[from..start];
            kept.CopyTo(to);
            replacement.Span.CopyTo(to[kept.Length..]);
            to = to[(kept.Length + replacement.Length)..];
            from = start + length;
        }

        original[from..].CopyTo(to);
        return result;
    }
}
