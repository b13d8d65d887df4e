using System.Text;
using Grid.Core.Vocabulary;
using MailKit;
using MailKit.Net.Smtp;

namespace Grid.Mail.Sending;

/// <summary>What MailKit says of replies and failures, in the grid's words.</summary>
internal static class MailKitReplies
{
    private const int AuthenticationRequired = 530;

    /// <summary>A reply by its code and its words, lines separated by LF; read by the same rules as replies to Grid's own client.</summary>
    public static SmtpReply Of(int code, string words)
    {
        if (code is < 200 or > 599)
            return new(0, "", $"the receiver sent what is no reply: code {code}");

        var buffer = new SmtpReplyBuffer();
        var lines = words.ReplaceLineEndings("\n").Split('\n', SmtpReplyBuffer.MaxLines + 1);
        var last = Math.Min(lines.Length, SmtpReplyBuffer.MaxLines) - 1;
        for (int i = 0; ; i++)
        {
            string line = lines[i].Length > SmtpReply.MaxTextLength ? lines[i][..SmtpReply.MaxTextLength] : lines[i];
            var bytes = Encoding.UTF8.GetBytes($"{code}{(i == last ? ' ' : '-')}{line}");
            int length = Math.Min(bytes.Length, SmtpReplyBuffer.MaxLineBytes - 1);
            bytes.AsSpan(0, length).CopyTo(buffer.Room().Span);
            buffer.Room().Span[length] = (byte)'\n';
            buffer.Advance(length + 1);
            if (buffer.TryRead(brief: false, null, out var reply))
                return reply;
        }
    }

    /// <summary>What an exception means: the receiver's refusal, or code 0 and the reason.</summary>
    /// <param name="tooLong">It was we who gave up waiting.</param>
    /// <param name="doing">For failures of the network: what was under way.</param>
    public static SmtpReply Of(Exception failure, bool tooLong, string doing) => failure switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.UnexpectedStatusCode, StatusCode: < (SmtpStatusCode)400 } unexpected =>
            new(0, "", $"the receiver broke the protocol: it answered {(int)unexpected.StatusCode} out of place"),
        SmtpCommandException refused => Of((int)refused.StatusCode, refused.Message),
        ServiceNotAuthenticatedException refused => Of(AuthenticationRequired, refused.Message),
        NotSupportedException => new(0, "", "TLS is required and the receiver does not offer STARTTLS"),
        OperationCanceledException => new(0, "", tooLong ? $"{doing}: timed out" : $"{doing}: cancelled"),
        _ => new(0, "", Bounded($"{doing}: {failure.Message}")),
    };

    private static string Bounded(string text) => text.Length > SmtpReply.MaxTextLength ? text[..SmtpReply.MaxTextLength] : text;
}
