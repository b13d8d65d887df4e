using System.Text;

namespace Grid.Mail.Tests.Mime;

/// <summary>Raw messages from text: Latin-1, one character an octet; LF written as CRLF.</summary>
internal static class Raw
{
    public static byte[] Lines(string text) => Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static byte[] Exact(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);

    public static int LongestLine(ReadOnlyMemory<byte> bytes) => Text(bytes).Split("\r\n").Max(static line => line.Length);
}
