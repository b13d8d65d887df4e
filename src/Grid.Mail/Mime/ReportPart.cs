namespace Grid.Mail.Mime;

/// <summary>A part of a report for programs to read, or what it returns (RFC 6522, RFC 6533).</summary>
/// <param name="ContentType">Such as <c>message/delivery-status</c> or <c>text/rfc822-headers</c>.</param>
public sealed record ReportPart(string ContentType, ReadOnlyMemory<byte> Content);
