namespace Grid.Mail.Tests.Sending;

/// <summary>In which pieces a transcript's bytes arrive.</summary>
public enum Chunking
{
    Whole,
    Lines,
    Bytes,
}
