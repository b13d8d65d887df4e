namespace Grid.Mail.Mime;

/// <summary>Content-Transfer-Encoding of RFC 2045 section 6.</summary>
internal enum TransferEncoding
{
    SevenBit,
    EightBit,
    QuotedPrintable,
    Base64,
}
