using System.Buffers.Text;
using System.Text;

namespace Grid.Bench.Wire;

/// <summary>The mark in a message's subject by which the receiver knows it again: <c>Subject: bench-NUMBER</c>.</summary>
internal static class Tag
{
    private static readonly byte[] Mark = "\nSubject: bench-"u8.ToArray();

    /// <summary>The subject of a message.</summary>
    public static string Subject(int number) => $"bench-{number}";

    /// <summary>Header and body of a message, dot-stuffed by construction and ended by the final dot.</summary>
    public static byte[] Message(int number, string recipient, int sizeBytes) => Encoding.ASCII.GetBytes($"""
        From: News <{Load.MailLoad.Sender}>
        To: <{recipient}>
        Subject: {Subject(number)}
        Message-ID: <bench-{number}@{Load.MailLoad.SenderDomain}>
        Date: Sun, 22 Nov 2026 00:00:00 +0000
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii

        {Text(sizeBytes)}
        .

        """.ReplaceLineEndings("\r\n"));

    /// <summary>Plain text of about that many bytes, in lines of 70.</summary>
    public static string Text(int sizeBytes)
    {
        var line = new string('x', 68) + "\r\n";
        return string.Concat(Enumerable.Repeat(line, Math.Max(1, sizeBytes / line.Length))) + "1 Main St, 12345 Town";
    }

    /// <summary>The number in a message; -1 when there is none.</summary>
    public static int Find(ReadOnlySpan<byte> message)
    {
        var at = message.IndexOf(Mark);
        return at >= 0 && Utf8Parser.TryParse(message[(at + Mark.Length)..], out int number, out _) ? number : -1;
    }
}
