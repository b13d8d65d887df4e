using System.Text;
using MimeKit;

namespace Grid.Mail.Sending;

/// <summary>
/// A message for MailKit that leaves again byte for byte. MimeKit would read it and write it anew, which may differ where a message is not
/// quite right, and breaks its signatures: the whole header goes as the raw value of its first field instead, and the body as it is.
/// </summary>
internal static class MailKitMessage
{
    private const string EndOfHeader = "\r\n\r\n";

    /// <summary>Null where the message has no header field to begin with, as no accepted message is.</summary>
    public static MimeMessage? Of(ReadOnlyMemory<byte> message, bool eightBit)
    {
        int end = message.Span.IndexOf(Encoding.ASCII.GetBytes(EndOfHeader));
        int header = end < 0 ? message.Length : end + 2;
        int colon = message.Span.IndexOf((byte)':');
        if (colon <= 0 || colon >= header || message.Span[..colon].ContainsAnyExceptInRange((byte)'!', (byte)'~') || !message.Span[..header].EndsWith("\r\n"u8))
            return null;

        var first = new Header(Encoding.ASCII.GetString(message.Span[..colon]), "");
        first.SetRawValue(message[(colon + 1)..header].ToArray());
        var made = new MimeMessage();
        made.Headers.Clear();
        made.Headers.Add(first);
        made.Body = new MailKitBody(end < 0 ? default : message[(end + EndOfHeader.Length)..], eightBit);
        return made;
    }
}
