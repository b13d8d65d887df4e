namespace Grid.Mail.Mime;

/// <summary>What a repair fills in, and what its source may do.</summary>
public sealed record RepairOptions
{
    /// <summary>Message-ID for a message without one: <c>id@domain</c>, no angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>Date for a message without one.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>True for sources other than SMTP (HTTP bodies, files): bare CR and LF are made CRLF. False, the default, refuses
    /// them, as two servers may disagree on where such a message ends.</summary>
    public bool NormalizesLineEnds { get; init; }

    /// <summary>True where the source declared SMTPUTF8: raw UTF-8 in the header stays. False, the default, makes encoded words of it.</summary>
    public bool KeepsUtf8Headers { get; init; }
}
