using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Grid.Mail.Feedback;
using Grid.Mail.Mime;

namespace Grid.Mail.Tests.Mime;

/// <summary>Properties over random messages: 5,000 cases, or as many as GRID_FUZZ_CASES says, up to 100,000.</summary>
public sealed class MimeFuzzTests
{
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("GRID_FUZZ_CASES"), out var cases) ? Math.Clamp(cases, 1, 100_000) : 5_000;

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithQuietOnSuccess(true);

    // Pieces that messages are made of, whole and broken: what a random byte would rarely hit upon.
    private static readonly string[] Pieces =
    [
        "From: a@b.example\r\n", "From: \"x\" <y@z.example>\r\n", "To: <c@d.example>, e@f.example\r\n", "Subject: =?utf-8?Q?a=C3=BC?=\r\n", "Subject: =?", "Date: Fri, 02 Jan 2026 03:04:05 +0000\r\n",
        "Message-ID: <1@b>\r\n", "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n", "Content-Type: message/rfc822\r\n",
        "Content-Type: message/delivery-status\r\n", "Content-Type: message/feedback-report\r\n", "Content-Type: text/html; charset=utf-8\r\n", "Content-Type: text/plain\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n",
        "MIME-Version: 1.0\r\n", "\r\n", "\n", "\r", "\0", "--b\r\n", "--b--\r\n", "=\r\n", "=3D", "=", "SGVsbG8=", " folded\r\n", "\tfolded\r\n", "ü", "Ã¼", "name*0*=utf-8''%C3;", "(", ")", "\"", "<", ">", ",", ";", ":", "@",
        "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n", "Diagnostic-Code: smtp; 550 5.1.1 no\r\n", "Feedback-Type: abuse\r\n", "550 5.1.1 <a@b.example>... User unknown\r\n", "Mail Delivery System", "could not be delivered",
        "----- Original message -----\r\n", "{\"notificationType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{}]}}", "<p>", "X-Failed-Recipients: a@b.example\r\n", "Bcc: x@y.example\r\n", "Return-Path: <>\r\n", "List-Unsubscribe: <mailto:u@b.example>\r\n",
    ];

    private static readonly Gen<string> Anything =
        Gen.Choose(0, 40).SelectMany(n => Gen.OneOf(Gen.Elements(Pieces), Gen.Elements(Pieces), Gen.Elements("x", "word ", new string('y', 1200), "\u0001", "é")).ArrayOf(n)).Select(string.Concat);

    // A whole header, then anything: gets past the first look of whoever reads it.
    private static readonly Gen<string> Message = Gen.OneOf(
        Anything,
        Gen.Choose(0, 8).SelectMany(static n => Gen.Elements(Pieces.Where(static p => p.EndsWith("\r\n", StringComparison.Ordinal) && p.Contains(": ", StringComparison.Ordinal)).Append(" folded\r\n")
            .Append($"X-Long: {string.Join(' ', Enumerable.Repeat("word", 400))}\r\n").Append("X-Raw: Ã¼\r\n").ToArray()).ArrayOf(n)).SelectMany(static header => Anything.Select(body => string.Concat(header) + "\r\n" + body)));

    [Fact]
    public void Everything_that_reads_never_throws_and_stays_in_bounds() => Check.One(Config, Prop.ForAll(Arb.From(Message), static text =>
    {
        var message = MessageReader.Read(Raw.Exact(text));
        Assert.InRange(message.Descendants().Count(), 1, MessageReader.MaxParts);
        foreach (var part in message.Descendants())
        {
            Assert.True(part.DecodedBody().Length <= part.Body.Length);
            _ = part.Text();
            foreach (var field in part.Headers)
            {
                _ = MailboxParser.Parse(field.Text);
                _ = ContentType.Parse(field.Value);
                _ = MailDate.TryParse(field.Value, out _);
            }
        }

        Assert.InRange(FeedbackReader.Read(Raw.Exact(text)).Reports.Count, 0, FeedbackReader.MaxReports);
    }));

    [Fact]
    public void Repair_is_idempotent_and_its_result_is_sendable() => Check.One(Config, Prop.ForAll(Arb.From(Message), static text =>
    {
        foreach (var options in new[] { SubmissionRepairTests.Options, SubmissionRepairTests.Options with { NormalizesLineEnds = true } })
        {
            if (SubmissionRepair.Repair(Raw.Exact("From: a@b.example\r\n" + text), options) is RepairResult.Repaired repaired)
            {
                Assert.True(Raw.LongestLine(repaired.Bytes) <= 998);
                Assert.Equal(0, Raw.Text(repaired.Bytes).Replace("\r\n", "", StringComparison.Ordinal).Count(static c => c is '\r' or '\n' or '\0'));
                var again = Assert.IsType<RepairResult.Repaired>(SubmissionRepair.Repair(repaired.Bytes, options));
                Assert.Equal(MessageRepairs.None, again.Repairs);
                Assert.Equal(repaired.Facts, again.Facts);
            }
        }
    }));

    [Fact]
    public void Composed_message_is_read_back_and_needs_no_repair()
    {
        var text = Gen.OneOf(Gen.Elements("a", " ", "\n", "\r\n", "ü", "日本", "😀", ".", "From ", "=", "\t", "--=_", new string('z', 200)).ArrayOf().Select(string.Concat), ArbMap.Default.GeneratorFor<string>().Select(static s => s ?? ""));
        var word = Gen.Elements("a", "b c", "ü", "日本", "😀", "\"", "\\", "(", ",", "=?utf-8?Q?x?=", "@", "<", " ", "long-word-long-word-long-word").ArrayOf().Select(static w => string.Concat(w.Take(8)));
        Check.One(Config, Prop.ForAll(Arb.From(word.SelectMany(w => text.Select(t => (Word: w, Text: t)))), static input =>
        {
            var composed = MessageComposer.Compose(MessageComposerTests.Basic with
            {
                From = new(input.Word, MessageComposerTests.Basic.From.Address),
                Subject = input.Word,
                Text = input.Text,
                Html = input.Text,
                Headers = [new("X-Word", input.Word)],
                Attachments = [new(input.Word + ".txt", "text/plain", Encoding.UTF8.GetBytes(input.Text))],
            });
            var bytes = Assert.IsType<Composition.Done>(composed).Bytes;
            var message = MessageReader.Read(bytes);
            Assert.Equal(input.Word, message.Header("Subject")!.Text);
            Assert.Equal(input.Word, message.Header("X-Word")!.Text);
            Assert.Equal(input.Word, MailboxParser.Parse(message.Header("From")!.Value)[0].Name.PadRight(input.Word.Length));
            Assert.Equal(Lines(input.Text), Lines(message.Parts[0].Parts[0].Text()));
            Assert.Equal(Lines(input.Text), Lines(message.Parts[0].Parts[1].Text()));
            Assert.Equal(Encoding.UTF8.GetBytes(input.Text), message.Parts[1].DecodedBody());
            Assert.Equal(input.Word + ".txt", ContentType.Parse(message.Parts[1].Header("Content-Disposition")!.Value)["filename"]);
            Assert.True(Raw.LongestLine(bytes) <= 998);
            Assert.Equal(MessageRepairs.None, Assert.IsType<RepairResult.Repaired>(SubmissionRepair.Repair(bytes, SubmissionRepairTests.Options)).Repairs);
        }));
    }

    private static string Lines(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}
