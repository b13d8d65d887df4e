namespace Grid.Mail.Mime;

/// <summary>A part of a report for programs to read, or what it returns (RFC 6522, RFC 6533).</summary>
/// <param name="ContentType">Such as <c>message/delivery-status</c> or <c>text/rfc822-headers</c>.</param>
/// <param name="FileName">Printable ASCII, at most 900 characters: the part is a file, of bytes rather than text. Null: it isn't.</param>
public sealed record ReportPart(string ContentType, ReadOnlyMemory<byte> Content, string? FileName = null);
