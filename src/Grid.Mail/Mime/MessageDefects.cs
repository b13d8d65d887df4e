namespace Grid.Mail.Mime;

/// <summary>What was wrong with a message that was read all the same.</summary>
[Flags]
public enum MessageDefects
{
    None = 0,

    /// <summary>More than <see cref="MessageReader.MaxDepth"/> levels; deeper ones are left as the body of their parent.</summary>
    TooDeep = 1,

    /// <summary>More than <see cref="MessageReader.MaxParts"/> parts; further ones are not read.</summary>
    TooManyParts = 2,

    /// <summary>A header section over <see cref="MessageReader.MaxHeaderBytes"/> or <see cref="MessageReader.MaxHeaderCount"/>; the rest of it is skipped.</summary>
    HeaderTooLarge = 4,

    /// <summary>A line of the header section is no field and no fold; the body was taken to begin there.</summary>
    BrokenHeader = 8,

    /// <summary>A multipart names no boundary.</summary>
    MissingBoundary = 16,

    /// <summary>A multipart ends without its closing boundary.</summary>
    Truncated = 32,
}
