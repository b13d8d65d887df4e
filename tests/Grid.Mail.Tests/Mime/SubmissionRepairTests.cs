using System.Text;
using Grid.Mail.Mime;

namespace Grid.Mail.Tests.Mime;

public sealed class SubmissionRepairTests
{
    internal static RepairOptions Options { get; } = new() { MessageId = "made@example.com", Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };

    private const string Good = "Date: Fri, 02 Jan 2026 03:04:05 +0000\nFrom: A <a@b.example>\nTo: c@d.example\nMessage-ID: <x@b.example>\nSubject: =?utf-8?Q?H=C3=AD?=\n\nHello\n.\n";

    [Theory]
    [InlineData("TLS-Required: No\r\n", true)]
    [InlineData("tls-required:no \r\n", true)]
    [InlineData("TLS-Required: Yes\r\n", false)]
    [InlineData("TLS-Required: No\r\nTLS-Required: No\r\n", false)]
    [InlineData("X-TLS-Required: No\r\n", false)]
    [InlineData("", false)]
    public void Repair_says_whether_TLS_is_optional(string field, bool expected)
    {
        var repaired = Assert.IsType<RepairResult.Repaired>(SubmissionRepair.Repair(
            Encoding.ASCII.GetBytes("From: a@b.example\r\n" + field + "\r\nx\r\n"), Options));
        Assert.Equal(expected, repaired.Facts.IsTlsOptional);
    }

    [Fact]
    public void Repair_good_message_is_the_same_memory()
    {
        var raw = Raw.Lines(Good);
        var result = Done(raw);
        Assert.Equal(MessageRepairs.None, result.Repairs);
        Assert.True(result.Bytes.Span == raw);
        Assert.Equal("a@b.example", result.Facts.From.Address.ToString());
        Assert.Equal("A", result.Facts.From.Name);
        Assert.Equal("Hí", result.Facts.Subject);
        Assert.Equal("x@b.example", result.Facts.MessageId);
        Assert.Equal(Options.Now, result.Facts.Date);
        Assert.False(result.Facts.IsEightBit || result.Facts.NeedsUtf8Headers || result.Facts.HasListUnsubscribe || result.Facts.HasOneClickUnsubscribe);
        Assert.Equal("Hello\r\n.\r\n", Raw.Text(result.Bytes[result.Facts.HeaderLength..]));
    }

    [Fact]
    public void Repair_missing_date_and_id_are_added_at_the_end_of_the_header()
    {
        var result = Done(Raw.Lines("From: a@b.example\nList-Unsubscribe: <mailto:u@b.example>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\nPrecedence: Bulk\nAuto-Submitted: Auto-Generated; x\n\nHello\n"));
        Assert.Equal(MessageRepairs.DateAdded | MessageRepairs.MessageIdAdded, result.Repairs);
        Assert.EndsWith("Date: Fri, 02 Jan 2026 03:04:05 +0000\r\nMessage-ID: <made@example.com>\r\n\r\nHello\r\n", Raw.Text(result.Bytes), StringComparison.Ordinal);
        Assert.Equal("Hello\r\n", Raw.Text(result.Bytes[result.Facts.HeaderLength..]));
        Assert.Equal(("made@example.com", Options.Now), (result.Facts.MessageId, result.Facts.Date));
        Assert.True(result.Facts.HasListUnsubscribe && result.Facts.HasOneClickUnsubscribe);
        Assert.Equal(("bulk", "auto-generated"), (result.Facts.Precedence, result.Facts.AutoSubmitted));
    }

    [Fact]
    public void Repair_bcc_and_return_path_are_removed_with_their_folds()
    {
        var result = Done(Raw.Lines("Return-Path: <x@y.example>\nBcc: a@b.example,\n c@d.example\n" + Good));
        Assert.Equal(MessageRepairs.BccRemoved | MessageRepairs.ReturnPathRemoved, result.Repairs);
        Assert.Equal(Raw.Lines(Good), result.Bytes.ToArray());
    }

    [Theory]
    [InlineData("plain ü", "text/plain; charset=iso-8859-1")]
    [InlineData("plain Ã¼", "text/plain; charset=utf-8")]
    public void Repair_eight_bit_body_without_mime_gets_its_headers(string body, string type)
    {
        var result = Done(Raw.Lines(Good + body));
        Assert.Equal(MessageRepairs.MimeHeadersAdded, result.Repairs);
        Assert.True(result.Facts.IsEightBit);
        var message = MessageReader.Read(result.Bytes);
        Assert.Equal((type, "8bit", "1.0"), (message.Header("Content-Type")!.Value, message.Header("Content-Transfer-Encoding")!.Value, message.Header("MIME-Version")!.Value));
        Assert.EndsWith("plain ü", message.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Repair_long_line_in_plain_text_becomes_quoted_printable()
    {
        var line = new string('x', 1500) + "ü";
        var result = Done(Raw.Lines(Good + line));
        Assert.True(result.Repairs.HasFlag(MessageRepairs.PartsReencoded));
        Assert.True(Raw.LongestLine(result.Bytes) <= 998);
        Assert.False(result.Facts.IsEightBit);
        Assert.Equal("Hello\r\n.\r\n" + line, MessageReader.Read(result.Bytes).Text());
    }

    [Fact]
    public void Repair_long_line_in_a_part_changes_that_part_only()
    {
        var html = "<p>" + new string('y', 2000);
        var result = Done(Raw.Lines(
            $"MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\nFrom: a@b.example\nDate: x\nMessage-ID: <1@b.example>\n\n--b\n\nshort\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: 7bit\n\n{html}\n--b--\n"));
        Assert.Equal(MessageRepairs.PartsReencoded, result.Repairs);
        Assert.Null(result.Facts.Date);
        var message = MessageReader.Read(result.Bytes);
        Assert.Equal("short", message.Parts[0].Text());
        Assert.Equal(html, message.Parts[1].Text());
        Assert.Equal("quoted-printable", message.Parts[1].Header("Content-Transfer-Encoding")!.Value);
        Assert.True(Raw.LongestLine(result.Bytes) <= 998);
    }

    [Fact]
    public void Repair_long_line_in_a_signed_part_is_refused() =>
        Assert.Equal(["body"], Faults(Raw.Lines($"Content-Type: multipart/signed; boundary=b\n{Good}--b\n\n{new string('y', 2000)}\n--b--\n")));

    [Fact]
    public void Repair_long_header_is_folded_at_its_blanks()
    {
        var value = string.Join(' ', Enumerable.Repeat("word-of-ten", 200));
        var result = Done(Raw.Lines("X-Long: " + value + "\n" + Good));
        Assert.Equal(MessageRepairs.HeadersFolded, result.Repairs);
        Assert.True(Raw.LongestLine(result.Bytes) <= 998);
        Assert.Equal(value, MessageReader.Read(result.Bytes).Header("X-Long")!.Value);
    }

    [Fact]
    public void Repair_raw_text_in_the_header_becomes_encoded_words_unless_utf8_is_kept()
    {
        var raw = Raw.Lines(Good.Replace("A <a@", "\"GrÃ¼Ãe, A\" <a@", StringComparison.Ordinal).Replace("=?utf-8?Q?H=C3=AD?=", "GrÃ¼n", StringComparison.Ordinal));
        var result = Done(raw);
        Assert.Equal(MessageRepairs.HeaderTextEncoded, result.Repairs);
        Assert.False(result.Facts.NeedsUtf8Headers);
        var message = MessageReader.Read(result.Bytes);
        Assert.Equal("Grün", message.Header("Subject")!.Text);
        Assert.Contains("=?utf-8?", message.Header("From")!.Value, StringComparison.Ordinal);
        var kept = Assert.IsType<RepairResult.Repaired>(SubmissionRepair.Repair(Raw.Lines(Good.Replace("=?utf-8?Q?H=C3=AD?=", "GrÃ¼n", StringComparison.Ordinal)), Options with { KeepsUtf8Headers = true }));
        Assert.Equal(MessageRepairs.None, kept.Repairs);
        Assert.True(kept.Facts.NeedsUtf8Headers);
        Assert.Equal("Grün", kept.Facts.Subject);
    }

    [Fact]
    public void Repair_subject_is_told_as_it_is_written_a_tab_being_a_blank()
    {
        var result = Done(Raw.Lines(Good.Replace("=?utf-8?Q?H=C3=AD?=", "very\tgr\u00c3\u00bcn", StringComparison.Ordinal)));
        Assert.Equal("very grün", result.Facts.Subject);
        Assert.Equal("very grün", MessageReader.Read(result.Bytes).Header("Subject")!.Text);
    }

    [Fact]
    public void Repair_duplicates_are_removed_where_equal_and_joined_where_lists()
    {
        var result = Done(Raw.Lines("To: e@f.example\nSubject:  =?utf-8?Q?H=C3=AD?=\nReferences: <1@a>\nReferences: <2@a>\n" + Good));
        Assert.Equal(MessageRepairs.DuplicatesMerged, result.Repairs);
        var message = MessageReader.Read(result.Bytes);
        Assert.Equal("e@f.example, c@d.example", message.Header("To")!.Value);
        Assert.Equal("<1@a> <2@a>", message.Header("References")!.Value);
        Assert.Single(message.Headers, static h => h.Is("Subject"));
    }

    [Theory]
    [InlineData("From: x@y.example", "From")]
    [InlineData("Subject: other", "Subject")]
    [InlineData("Date: Fri, 02 Jan 2026 03:04:06 +0000", "Date")]
    [InlineData("Message-ID: <y@b.example>", "Message-ID")]
    public void Repair_different_values_of_a_unique_field_are_refused(string line, string field) => Assert.Equal([field], Faults(Raw.Lines(line + "\n" + Good)));

    [Theory]
    [InlineData("Subject: x\n\nHello", "From")]
    [InlineData("From: nonsense\n\nHello", "From")]
    [InlineData("From: a@b.example, c@d.example\n\nHello", "From")]
    [InlineData("From: a@b.example\nno colon here\n\nHello", "header")]
    [InlineData("From: a@b.example\n: no name\n\nHello", "header")]
    [InlineData("From: a@b.example\nX: a\0b\n\nHello", "header")]
    [InlineData("From: a@b.example\nX: a\u0008b\n\nHello", "header")]
    [InlineData("From: a@b.example\n\nHel\0lo", "body")]
    [InlineData(" From: a@b.example\n\nHello", "header", "From")]
    public void Repair_broken_message_is_refused(string text, params string[] fields) => Assert.Equal(fields, Faults(Raw.Lines(text)));

    [Theory]
    [InlineData("From: a@b.example\r\n\r\nHel\nlo")]
    [InlineData("From: a@b.example\r\n\r\nHel\rlo")]
    [InlineData("From: a@b.example\n\nHello")]
    [InlineData("From: a@b.example\r\rHello")]
    public void Repair_bare_line_ends_are_refused_from_smtp_and_mended_from_elsewhere(string text)
    {
        Assert.Contains("body", Faults(Raw.Exact(text)));
        var result = Assert.IsType<RepairResult.Repaired>(SubmissionRepair.Repair(Raw.Exact(text), Options with { NormalizesLineEnds = true }));
        Assert.True(result.Repairs.HasFlag(MessageRepairs.LineEndsNormalized));
        var mended = Raw.Text(result.Bytes).Replace("\r\n", "", StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mended);
        Assert.DoesNotContain('\r', mended);
    }

    [Fact]
    public void Repair_nesting_beyond_20_levels_is_refused_and_20_are_not()
    {
        Assert.IsType<RepairResult.Repaired>(SubmissionRepair.Repair(Nested(19), Options));
        Assert.Equal(["body"], Faults(Nested(20)));
    }

    [Fact]
    public void Repair_header_over_its_bounds_is_refused()
    {
        Assert.Equal(["header"], Faults(Raw.Lines("From: a@b.example\n" + string.Concat(Enumerable.Repeat("X: y\n", 1001)) + "\n")));
        Assert.Equal(["header"], Faults(Raw.Lines("From: a@b.example\n" + string.Concat(Enumerable.Repeat($"X: {new string('y', 900)}\n", 300)) + "\n")));
    }

    [Fact]
    public void Repair_mbox_line_is_removed() =>
        Assert.Equal(Raw.Lines(Good), Done(Raw.Lines("From a@b.example Fri Jan  2 03:04:05 2026\n" + Good)).Bytes.ToArray());

    private static byte[] Nested(int multiparts)
    {
        var text = new StringBuilder("From: a@b.example\n");
        for (var i = 0; i < multiparts; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        }

        return Raw.Lines(text.Append("\nHello\n").ToString());
    }

    private static RepairResult.Repaired Done(byte[] raw)
    {
        var result = SubmissionRepair.Repair(raw, Options);
        Assert.True(result is RepairResult.Repaired, result is RepairResult.Refused refused ? string.Join("; ", refused.Faults) : "");
        var repaired = (RepairResult.Repaired)result;
        var again = Assert.IsType<RepairResult.Repaired>(SubmissionRepair.Repair(repaired.Bytes, Options));
        Assert.Equal(MessageRepairs.None, again.Repairs);
        return repaired;
    }

    private static IEnumerable<string> Faults(byte[] raw) =>
        Assert.IsType<RepairResult.Refused>(SubmissionRepair.Repair(raw, Options)).Faults.Select(static f => f.Field);
}
