using System.Text;

namespace Grid.Mail.Tests.Dkim;

/// <summary>Messages of odd shapes that a submission may have once it is accepted, lines of 998 octets among them: the same ones for the same seed.</summary>
internal static class OddMessages
{
    private static readonly string[] LineEndings = ["", " ", "\t", "  \t ", "   "];

    /// <summary>One message, CRLF line ends.</summary>
    public static byte[] Make(int seed)
    {
        var random = new Random(seed);
        using var message = new MemoryStream();
        WriteHeader(random, message);
        if (random.Next(40) != 0)
        {
            Write(message, "\r\n");
            WriteBody(random, message);
        }

        return message.ToArray();
    }

    private static void WriteHeader(Random random, Stream to)
    {
        var fields = new List<string>
        {
            Pick(random, "From: News <news@acme.example>", "From:news@acme.example", "FROM: \"News, daily\"\r\n\t<news@acme.example>", "from:   news@acme.example  "),
            Pick(random, "Subject: Hello", "Subject:", "Subject:  two  blanks \t and a tab ", "subject: folded\r\n here\r\n\tand there  \r\n  ", "Subject: =?utf-8?B?w6TDtsO8?="),
            Pick(random, "Date: Sun, 22 Nov 2026 06:25:10 +0000", "Date:Sun, 22 Nov 2026 06:25:10 +0000 (UTC)"),
            "Message-ID: <" + random.Next() + "@acme.example>",
            "MIME-Version: 1.0",
            Pick(random, "Content-Type: text/plain; charset=utf-8", "Content-Type: multipart/mixed;\r\n boundary=\"b b\""),
        };
        if (random.Next(10) > 0)
        {
            fields.Add("To: " + string.Join(Pick(random, ",\r\n ", ", ", ",\r\n\t"), Enumerable.Range(0, random.Next(10) == 0 ? 300 : random.Next(1, 5)).Select(i => $"user{i}@client{i}.example")));
        }

        foreach (var also in (ReadOnlySpan<string>)
            [
                "Cc: you@client.example", "Reply-To: me@acme.example", "References: <a@b.example>\r\n <c@d.example>\r\n\t<e@f.example>", "X-Grid-Ref: abcdefghij",
                "List-Unsubscribe: <https://grid.example/u/abc>,\r\n <mailto:unsubscribe+abc@bounces.example>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
                "Feedback-ID: c:t:bulk:grid", "Received: from a by b; Sun, 22 Nov 2026 06:25:10 +0000", "X-Empty:", "X-Long: " + new string('x', 900), "Comments: a: b; c=d",
                "List-Unsubscribe: <mailto:twice@acme.example>", "DKIM-Signature: v=1; a=rsa-sha256; d=other.example; s=old; h=from; bh=; b=",
            ])
        {
            if (random.Next(3) == 0)
            {
                fields.Insert(random.Next(fields.Count + 1), also);
            }
        }

        foreach (var field in fields.OrderBy(_ => random.Next()))
        {
            Write(to, field);
            Write(to, "\r\n");
        }
    }

    private static void WriteBody(Random random, Stream to)
    {
        switch (random.Next(12))
        {
            case 0:
                break;
            case 1:
                Write(to, string.Concat(Enumerable.Repeat("\r\n", random.Next(1, 6))));
                break;
            case 2:
                Write(to, " \t \r\n  \r\n\t\r\n");
                break;
            case 3:
                for (var lines = random.Next(1, 20); lines > 0; lines--)
                {
                    Write(to, new string('l', random.Next(3) == 0 ? 998 : random.Next(900, 998)));
                    Write(to, lines > 1 || random.Next(2) == 0 ? "\r\n" : "");
                }

                break;
            case 4:
                var octets = new byte[random.Next(1, 998)];
                random.NextBytes(octets);
                octets.AsSpan().Replace((byte)'\r', (byte)'.');
                octets.AsSpan().Replace((byte)'\n', (byte)',');
                octets.AsSpan().Replace((byte)0, (byte)'0');
                to.Write(octets);
                Write(to, "\r\n");
                break;
            default:
                WriteLines(random, to);
                break;
        }
    }

    private static void WriteLines(Random random, Stream to)
    {
        var lines = random.Next(1, 200);
        for (var i = 0; i < lines; i++)
        {
            var words = random.Next(12);
            for (var w = 0; w < words; w++)
            {
                Write(to, Pick(random, " ", "", "\t", "  ", " \t") + Pick(random, "word", ".", "..", "größer", "日本", "a=b;", "From ", "-- "));
            }

            Write(to, Pick(random, LineEndings));
            Write(to, i < lines - 1 || random.Next(4) > 0 ? "\r\n" : "");
        }

        Write(to, string.Concat(Enumerable.Repeat(Pick(random, "\r\n", " \r\n", "\t \r\n"), random.Next(4))));
    }

    private static string Pick(Random random, params string[] from) => from[random.Next(from.Length)];

    private static void Write(Stream to, string text) => to.Write(Encoding.UTF8.GetBytes(text));
}
