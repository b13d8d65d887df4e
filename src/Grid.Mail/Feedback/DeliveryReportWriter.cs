using System.Globalization;
using System.Text;
using Grid.Core.Vocabulary;
using Grid.Mail.Mime;

namespace Grid.Mail.Feedback;

/// <summary>
/// Writes delivery status notifications (RFC 3464 in RFC 6522's multipart/report; RFC 6533 where addresses are beyond ASCII).
/// In: a <see cref="DeliveryReport"/>. Out: a whole message.
/// Guarantees: no value, whoever said it, adds a field or a line; the whole message is returned only with RET=FULL, of a failure, and within the
/// bound, else its header, cut to the bound. Fails like <see cref="MessageComposer"/>.
/// </summary>
public static class DeliveryReportWriter
{
    private const int MaxValueLength = 900;
    private const int FoldAt = 76;

    /// <summary>Makes the mail.</summary>
    public static Composition Write(DeliveryReport report)
    {
        var isGlobal = report.Recipients.Any(recipient => !Ascii.IsValid(recipient.Address));
        return MessageComposer.Compose(new()
        {
            From = report.From,
            To = [new("", report.To)],
            Subject = Subject(report),
            Text = Text(report),
            Headers = report.Headers,
            MessageId = report.MessageId,
            Date = report.Date,
            Report = [new(isGlobal ? "message/global-delivery-status" : "message/delivery-status", Encoding.UTF8.GetBytes(Status(report, isGlobal))), .. Returned(report)],
        });
    }

    private static string Subject(DeliveryReport report) => Worst(report) switch
    {
        DsnAction.Failed => "Your message could not be delivered",
        DsnAction.Delayed => "Your message is not delivered yet",
        DsnAction.Delivered or DsnAction.Relayed or DsnAction.Expanded => "Your message was delivered",
        var action => throw new ArgumentOutOfRangeException(nameof(report), action, "no such action"),
    };

    private static DsnAction Worst(DeliveryReport report) => report.Recipients.Min(recipient => recipient.Action);

    private static string Text(DeliveryReport report)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"This is the mail system at {report.Host}. Your message was accepted on {Date(report.ArrivedAt)}.\n");
        foreach (var recipient in report.Recipients)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n<{recipient.Address}>\n  {Meaning(recipient)}\n");
            if ((recipient.Reply ?? recipient.Words) is { } words)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {(recipient.Reply is null ? "" : "The receiver said: ")}{Clean(words, isGlobal: true)}\n");
            }
        }

        return text.Append("\nThis report was written by a program; nobody reads an answer.\n").ToString();
    }

    private static string Meaning(ReportedRecipient recipient) => recipient.Action switch
    {
        DsnAction.Failed => "could not be delivered, and is not tried again.",
        DsnAction.Delayed => recipient.TriedUntil is { } until ? $"is not delivered yet; it is tried until {Date(until)}. You need not send it again." : "is not delivered yet, and still tried. You need not send it again.",
        DsnAction.Delivered => "was delivered.",
        DsnAction.Relayed => "was handed on to a mail system that reports nothing further.",
        DsnAction.Expanded => "was delivered, and goes on to several addresses from there.",
        _ => throw new ArgumentOutOfRangeException(nameof(recipient), recipient.Action, "no such action"),
    };

    private static string Status(DeliveryReport report, bool isGlobal)
    {
        var text = new StringBuilder();
        Field(text, "Reporting-MTA", "dns; " + report.Host, isGlobal);
        Field(text, "Original-Envelope-Id", report.Request.EnvelopeId is { } id ? Xtext.Decode(id) : null, isGlobal);
        Field(text, "Arrival-Date", Date(report.ArrivedAt), isGlobal);
        foreach (var recipient in report.Recipients)
        {
            text.Append("\r\n");
            Field(text, "Original-Recipient", Original(recipient.Original), isGlobal);
            Field(text, "Final-Recipient", (Ascii.IsValid(recipient.Address) ? "rfc822; " : "utf-8; ") + recipient.Address, isGlobal);
            Field(text, "Action", recipient.Action.ToString().ToLowerInvariant(), isGlobal);
            Field(text, "Status", recipient.Status, isGlobal);
            Field(text, "Remote-MTA", recipient.RemoteMta is { } host ? "dns; " + host : null, isGlobal);
            Field(text, "Diagnostic-Code", recipient.Reply is { } reply ? "smtp; " + reply : recipient.Words is { } words ? "x-grid; " + words : null, isGlobal);
            Field(text, "Last-Attempt-Date", recipient.TriedAt is { } tried ? Date(tried) : null, isGlobal);
            Field(text, "Will-Retry-Until", recipient is { Action: DsnAction.Delayed, TriedUntil: { } until } ? Date(until) : null, isGlobal);
        }

        return text.ToString();
    }

    private static string? Original(string? given)
    {
        var semicolon = given?.IndexOf(';') ?? -1;
        return semicolon > 0 && Xtext.Decode(given.AsSpan(semicolon + 1)) is { } address ? $"{given![..semicolon]}; {address}" : null;
    }

    private static void Field(StringBuilder text, string name, string? value, bool isGlobal)
    {
        if (value is null)
        {
            return;
        }

        text.Append(name).Append(':');
        var column = name.Length + 1;
        foreach (var word in Clean(value, isGlobal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column + 1 + word.Length > FoldAt && column > name.Length + 1)
            {
                text.Append("\r\n");
                column = 0;
            }

            text.Append(' ').Append(word);
            column += 1 + word.Length;
        }

        text.Append("\r\n");
    }

    /// <summary>On one line, without controls, bounded; without what isn't ASCII where the report is.</summary>
    private static string Clean(string value, bool isGlobal)
    {
        var clean = new StringBuilder(Math.Min(value.Length, MaxValueLength));
        foreach (var rune in value.EnumerateRunes())
        {
            if (clean.Length >= MaxValueLength)
            {
                break;
            }

            clean.Append(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? " " : rune.IsAscii || (isGlobal && rune != Rune.ReplacementChar) ? rune.ToString() : "?");
        }

        return clean.ToString();
    }

    private static IEnumerable<ReportPart> Returned(DeliveryReport report)
    {
        if (report.Message is not { } message || report.MaxReturnedBytes == 0)
        {
            yield break;
        }

        var end = message.Span.IndexOf("\r\n\r\n"u8);
        var header = end < 0 ? message : message[..(end + 2)];
        var isGlobal = !Ascii.IsValid(header.Span);
        if (report.Request.Return == "FULL" && Worst(report) == DsnAction.Failed && message.Length <= report.MaxReturnedBytes)
        {
            yield return new(isGlobal ? "message/global" : "message/rfc822", message);
        }
        else
        {
            yield return new(isGlobal ? "message/global-headers" : "text/rfc822-headers", Cut(header, report.MaxReturnedBytes));
        }
    }

    /// <summary>Whole fields only.</summary>
    private static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> header, int most)
    {
        if (header.Length <= most)
        {
            return header;
        }

        var length = 0;
        for (var end = 0; (end = Next(header.Span, end)) <= most;)
        {
            length = header.Span[end] is (byte)' ' or (byte)'\t' ? length : end;
        }

        return header[..length];
    }

    private static int Next(ReadOnlySpan<byte> header, int from) => header[from..].IndexOf("\r\n"u8) is >= 0 and var line ? from + line + 2 : header.Length;

    private static string Date(DateTimeOffset at)
    {
        Span<char> date = stackalloc char[40];
        return date[..MessageComposer.FormatDate(at, date)].ToString();
    }
}
