namespace Grid.Mail.Mime;

/// <summary>A file sent along with a message.</summary>
/// <param name="FileName">1 to 255 characters, no controls, no path separators needed or interpreted.</param>
/// <param name="ContentType">A media type, with parameters where it needs them: <c>text/csv; charset=utf-8</c>. No multipart.</param>
/// <param name="Content">The decoded bytes.</param>
/// <param name="ContentId">For <c>cid:</c> links, without angle brackets; null for none.</param>
/// <param name="IsInline">Shown within the HTML rather than listed as a file.</param>
public sealed record Attachment(string FileName, string ContentType, ReadOnlyMemory<byte> Content, string? ContentId = null, bool IsInline = false);
