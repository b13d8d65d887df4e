namespace Grid.Mail.Mime;

/// <summary>Fields of a submitted message that its repair looks at.</summary>
internal enum KnownField : byte
{
    Other = 0,
    From,
    Sender,
    ReplyTo,
    To,
    Cc,
    Bcc,
    Subject,
    Date,
    MessageId,
    InReplyTo,
    References,
    ReturnPath,
    MimeVersion,
    ContentType,
    TransferEncoding,
    ListUnsubscribe,
    ListUnsubscribePost,
    Precedence,
    AutoSubmitted,
    TlsRequired,

    /// <summary>The number of kinds.</summary>
    Count,
}
