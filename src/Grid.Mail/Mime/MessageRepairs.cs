namespace Grid.Mail.Mime;

/// <summary>What was put right in a submitted message.</summary>
[Flags]
public enum MessageRepairs
{
    /// <summary>Nothing: the bytes are the original ones.</summary>
    None = 0,

    /// <summary>Date was missing.</summary>
    DateAdded = 1,

    /// <summary>Message-ID was missing.</summary>
    MessageIdAdded = 2,

    /// <summary>Bare CR or LF became CRLF.</summary>
    LineEndsNormalized = 4,

    /// <summary>A part with lines over 998 octets became quoted-printable or base64.</summary>
    PartsReencoded = 8,

    /// <summary>A header line over 998 octets was folded.</summary>
    HeadersFolded = 16,

    /// <summary>MIME-Version, Content-Type or Content-Transfer-Encoding was missing for what the body holds.</summary>
    MimeHeadersAdded = 32,

    /// <summary>Bcc was removed.</summary>
    BccRemoved = 64,

    /// <summary>Return-Path was removed: it is the last relay's to write.</summary>
    ReturnPathRemoved = 128,

    /// <summary>A field that may stand once was there again: an equal one was removed, a list was joined.</summary>
    DuplicatesMerged = 256,

    /// <summary>Raw octets above 127 in the header became encoded words.</summary>
    HeaderTextEncoded = 512,

    /// <summary>An mbox "From " line before the header was removed.</summary>
    MailboxLineRemoved = 1024,
}
