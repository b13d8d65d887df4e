using System.Globalization;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>
/// Writes the body of a composed message, from its Content-Type on:
/// <c>mixed( alternative( text, related( html, inline files )), files )</c>, each level only where it has more than one member.
/// </summary>
internal ref struct BodyWriter(MimeBuffer buffer, string messageId)
{
    // No line of quoted-printable or base64 can hold "=_", so a boundary that begins with it never occurs in an encoded part.
    private readonly string boundaryStem = "=_" + Stem(messageId);
    private int boundaryCount;

    /// <summary>An octet above 127 was written.</summary>
    public bool IsEightBit { get; private set; }

    public void Write(ComposedMessage message)
    {
        if (message.Report.Count > 0)
        {
            WriteReport(message);
            return;
        }

        var files = new List<Attachment>();
        var related = new List<Attachment>();
        foreach (var attachment in message.Attachments)
        {
            (attachment is { IsInline: true, ContentId: not null } && message.Html is not null ? related : files).Add(attachment);
        }

        if (files.Count == 0)
        {
            WriteContent(message, related);
            return;
        }

        var boundary = BeginMultipart("mixed");
        if (message.Text is not null || message.Html is not null)
        {
            Delimit(boundary);
            WriteContent(message, related);
        }

        WriteFiles(boundary, files);
    }

    private void WriteContent(ComposedMessage message, List<Attachment> related)
    {
        if (message.Html is null)
        {
            WriteText("text/plain", message.Text ?? "");
            return;
        }

        if (message.Text is null)
        {
            WriteHtml(message.Html, related);
            return;
        }

        var boundary = BeginMultipart("alternative");
        Delimit(boundary);
        WriteText("text/plain", message.Text);
        Delimit(boundary);
        WriteHtml(message.Html, related);
        Close(boundary);
    }

    private void WriteHtml(string html, List<Attachment> related)
    {
        if (related.Count == 0)
        {
            WriteText("text/html", html);
            return;
        }

        var boundary = BeginMultipart("related");
        Delimit(boundary);
        WriteText("text/html", html);
        WriteFiles(boundary, related);
    }

    private void WriteFiles(string boundary, List<Attachment> files)
    {
        foreach (var file in files)
        {
            Delimit(boundary);
            WriteFile(file);
        }

        Close(boundary);
    }

    private void WriteReport(ComposedMessage message)
    {
        var boundary = BeginMultipart("report", $"report-type={message.ReportType};");
        Delimit(boundary);
        WriteText("text/plain", message.Text ?? "");
        foreach (var part in message.Report)
        {
            Delimit(boundary);
            WriteReportPart(part);
        }

        Close(boundary);
    }

    /// <summary>A message/rfc822 goes as it is or as a plain file; the others may be encoded (RFC 6533 section 5).</summary>
    private void WriteReportPart(ReportPart part)
    {
        var content = part.Content.Span;
        var shape = ContentShape.Of(content);
        var fits = shape.IsLineSafe && !content.Contains(boundaryStem);
        var isMessage = part.ContentType == "message/rfc822";
        var writer = new HeaderWriter(buffer);
        writer.Begin("Content-Type");
        writer.Token(isMessage && !fits ? "application/octet-stream" : part.ContentType);
        writer.End();
        if (part.FileName is { } file)
        {
            // On one line, however long: who reads such reports by program seldom knows RFC 2231.
            writer.Begin("Content-Disposition");
            writer.Token("attachment;");
            writer.Token($"filename={HeaderWriter.Quote(file)}");
            writer.End();
            WriteEncoded(content, TransferEncoding.Base64);
            return;
        }

        WriteEncoded(content, fits && shape.IsAscii ? TransferEncoding.SevenBit : !isMessage ? shape.Shorter() : fits ? TransferEncoding.EightBit : TransferEncoding.Base64);
    }

    private string BeginMultipart(string kind, string? parameter = null)
    {
        var boundary = string.Create(CultureInfo.InvariantCulture, $"{boundaryStem}.{++boundaryCount}");
        var writer = new HeaderWriter(buffer);
        writer.Begin("Content-Type");
        writer.Token($"multipart/{kind};");
        if (parameter is not null)
        {
            writer.Token(parameter);
        }

        writer.Token($"boundary=\"{boundary}\"");
        writer.End();
        return boundary;
    }

    private readonly void Delimit(string boundary)
    {
        Ascii("\r\n--");
        Ascii(boundary);
        Ascii("\r\n");
    }

    private readonly void Close(string boundary)
    {
        Ascii("\r\n--");
        Ascii(boundary);
        Ascii("--\r\n");
    }

    private void WriteText(string type, string text)
    {
        using var utf8 = new MimeBuffer(text.Length + text.Length / 8);
        TextLines.Write(text, utf8);
        var shape = ContentShape.Of(utf8.Written);
        var encoding = shape.IsSevenBitSafe && !utf8.Written.Contains(boundaryStem) ? TransferEncoding.SevenBit : shape.Shorter();
        var writer = new HeaderWriter(buffer);
        writer.Begin("Content-Type");
        writer.Token(type);
        writer.Joined(shape.IsAscii ? "; charset=us-ascii" : "; charset=utf-8");
        writer.End();
        WriteEncoded(utf8.Written, encoding);
    }

    private void WriteFile(Attachment file)
    {
        var content = file.Content.Span;
        var isMessage = file.ContentType.StartsWith("message/", StringComparison.OrdinalIgnoreCase);
        var encoding = TransferEncoding.Base64;
        var type = file.ContentType;
        if (isMessage)
        {
            // A message may not be encoded (RFC 2046 section 5.2.1); one that cannot go as it is goes as a plain file.
            var shape = ContentShape.Of(content);
            var fits = shape.IsLineSafe && !content.Contains(boundaryStem);
            encoding = !fits ? TransferEncoding.Base64 : shape.IsAscii ? TransferEncoding.SevenBit : TransferEncoding.EightBit;
            type = fits ? type : "application/octet-stream";
        }

        var writer = new HeaderWriter(buffer);
        writer.Begin("Content-Type");
        writer.Token(type);
        writer.End();
        writer.Begin("Content-Disposition");
        writer.Token(file.IsInline ? "inline;" : "attachment;");
        FileName.Write(ref writer, file.FileName);
        writer.End();
        if (file.ContentId is not null)
        {
            writer.Begin("Content-ID");
            writer.Token($"<{file.ContentId}>");
            writer.End();
        }

        WriteEncoded(content, encoding);
    }

    private void WriteEncoded(ReadOnlySpan<byte> content, TransferEncoding encoding)
    {
        Ascii("Content-Transfer-Encoding: ");
        Ascii(encoding.Name());
        Ascii("\r\n\r\n");
        switch (encoding)
        {
            case TransferEncoding.QuotedPrintable:
                QuotedPrintable.Encode(content, buffer);
                break;
            case TransferEncoding.Base64:
                Base64Text.Encode(content, buffer);
                break;
            default:
                buffer.Write(content);
                IsEightBit |= encoding == TransferEncoding.EightBit;
                break;
        }
    }

    private readonly void Ascii(string text) => buffer.Advance(Encoding.ASCII.GetBytes(text, buffer.GetSpan(text.Length)));

    /// <summary>FNV-1a of the message's id: equal input gives equal bytes.</summary>
    private static string Stem(string messageId)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in messageId)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
