namespace Grid.Mail.Mime;

/// <summary>Where a field stands in a header section.</summary>
/// <param name="Start">Of its name.</param>
/// <param name="ValueStart">After its colon.</param>
/// <param name="End">After its last line end.</param>
internal readonly record struct FieldSpan(KnownField Field, int Start, int ValueStart, int End)
{
    public int Length => End - Start;
}
