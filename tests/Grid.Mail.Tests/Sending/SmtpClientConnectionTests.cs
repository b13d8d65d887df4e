using System.Text;
using Grid.Core.Vocabulary;
using Grid.Mail.Sending;
using static Grid.Mail.Tests.Sending.ClientScene;

namespace Grid.Mail.Tests.Sending;

public sealed class SmtpClientConnectionTests
{
    private const string OneMessage = """
        C: MAIL FROM:<s@me.example>
        C: RCPT TO:<r@mx.example>
        C: DATA
        S: 250 2.1.0 Ok
        S: 250 2.1.5 Ok
        S: 354 Go ahead

        """;

    public static TheoryData<Chunking> Chunkings => [Chunking.Whole, Chunking.Lines, Chunking.Bytes];

    [Theory, MemberData(nameof(Chunkings))]
    public async Task DeliverAsync_oneMessage_reportsTheDotsReplyAtOnceAndInTheResult(Chunking chunking)
    {
        var scene = await OpenAsync(
            Opening + OneMessage + """
            C: Subject: x
            C:
            C: hello
            C: .
            S: 250 2.0.0 Ok: queued as 4F2

            """,
            chunking);
        SmtpTransaction? accepted = null;
        var message = Message("Subject: x\r\n\r\nhello\r\n");

        var result = await scene.Connection.DeliverAsync(message, null, t => accepted = t);

        Assert.Equal(new SmtpReply(250, "2.0.0", "Ok: queued as 4F2"), Assert.Single(result.Recipients));
        Assert.Equal((false, SmtpFailureStage.None, SmtpNext.None), (result.ConnectionLost, result.Stage, result.Next));
        Assert.Same(message, accepted);
        Assert.Equal(1, scene.Connection.MessagesSent);
        Assert.Equal(3, scene.Server.Writes); // EHLO, envelope, message
        scene.Server.AssertPlayed();
    }

    [Theory, MemberData(nameof(Chunkings))]
    public async Task DeliverAsync_withANext_sendsItsEnvelopeInTheSameWrite(Chunking chunking)
    {
        var scene = await OpenAsync(
            Opening + OneMessage + """
            C: one
            C: .
            C: MAIL FROM:<s@me.example>
            C: RCPT TO:<r@mx.example>
            C: DATA
            S: 250 2.0.0 first
            S: 250 2.1.0 Ok
            S: 250 2.1.5 Ok
            S: 354 Go ahead
            C: two
            C: .
            S: 250 2.0.0 second

            """,
            chunking);
        var second = Message("two\r\n");
        var accepted = new List<SmtpTransaction>();

        var first = await scene.Connection.DeliverAsync(Message("one\r\n"), () => second, accepted.Add);
        Assert.Equal(SmtpNext.Begun, first.Next);
        Assert.Equal("first", first.Recipients[0].Text);
        Assert.Equal(3, scene.Server.Writes);
        var last = await scene.Connection.DeliverAsync(second, () => null, accepted.Add);

        Assert.Equal("second", last.Recipients[0].Text);
        Assert.Equal(SmtpNext.None, last.Next);
        Assert.Equal(2, accepted.Count);
        Assert.Equal(4, scene.Server.Writes);
        scene.Server.AssertPlayed();
    }

    [Fact]
    public async Task DeliverAsync_anotherThanThePromised_throws()
    {
        var scene = await OpenAsync(Opening + OneMessage + "C: one\nC: .\nC: MAIL FROM:<s@me.example>\nC: RCPT TO:<r@mx.example>\nC: DATA\nS: 250 ok\n");
        await scene.Connection.DeliverAsync(Message("one\r\n"), () => Message("two\r\n"));

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await scene.Connection.DeliverAsync(Message("three\r\n")));
    }

    [Theory, MemberData(nameof(Chunkings))]
    public async Task DeliverAsync_noPipelining_waitsForEveryReply(Chunking chunking)
    {
        var scene = await OpenAsync(
            SlowOpening + """
            C: MAIL FROM:<s@me.example>
            S: 250 ok
            C: RCPT TO:<a@x>
            S: 550 5.1.1 no such user
            C: RCPT TO:<b@x>
            S: 250 ok
            C: DATA
            S: 354 go
            C: hello
            C: .
            S: 250 done

            """,
            chunking);
        bool asked = false;

        var result = await scene.Connection.DeliverAsync(Message("hello\r\n", "a@x", "b@x"), () =>
        {
            asked = true;
            return null;
        });

        Assert.Equal([550, 250], result.Recipients.Select(r => r.Code));
        Assert.False(asked);
        scene.Server.AssertPlayed();
    }

    [Theory, MemberData(nameof(Chunkings))]
    public async Task DeliverAsync_noPipeliningAndAllRefused_resetsBeforeTheNext(Chunking chunking)
    {
        var scene = await OpenAsync(
            SlowOpening + """
            C: MAIL FROM:<s@me.example>
            S: 250 ok
            C: RCPT TO:<r@mx.example>
            S: 450 4.2.1 later
            C: RSET
            S: 250 ok
            C: MAIL FROM:<s@me.example>
            S: 550 5.7.1 not you

            """,
            chunking);

        var first = await scene.Connection.DeliverAsync(Message("x\r\n"));
        var second = await scene.Connection.DeliverAsync(Message("y\r\n"));

        Assert.Equal((SmtpFailureStage.Recipient, 450), (first.Stage, first.Recipients[0].Code));
        Assert.Equal((SmtpFailureStage.Mail, 550), (second.Stage, second.Recipients[0].Code));
        Assert.True(scene.Connection.IsUsable);
        scene.Server.AssertPlayed();
    }

    [Theory, MemberData(nameof(Chunkings))]
    public async Task DeliverAsync_someRecipientsRefused_eachHasItsOwnReply(Chunking chunking)
    {
        var scene = await OpenAsync(
            Opening + """
            C: MAIL FROM:<s@me.example>
            C: RCPT TO:<a@x>
            C: RCPT TO:<b@x>
            C: RCPT TO:<c@x>
            C: DATA
            S: 250 ok
            S: 550-5.1.1 no such
            S: 550 5.1.1 user
            S: 250 ok
            S: 452 4.2.2 full
            S: 354 go
            C: x
            C: .
            S: 250 2.0.0 taken

            """,
            chunking);

        var result = await scene.Connection.DeliverAsync(Message("x\r\n", "a@x", "b@x", "c@x"));

        Assert.Equal([new(550, "5.1.1", "no such user"), new(250, "2.0.0", "taken"), new(452, "4.2.2", "full")], result.Recipients);
        scene.Server.AssertPlayed();
    }

    [Theory, MemberData(nameof(Chunkings))]
    public async Task DeliverAsync_allRefusedYetToldToGoAhead_sendsALoneDotAndIgnoresItsReply(Chunking chunking)
    {
        var scene = await OpenAsync(
            Opening + """
            C: MAIL FROM:<s@me.example>
            C: RCPT TO:<r@mx.example>
            C: DATA
            S: 250 ok
            S: 550 5.1.1 no
            S: 354 go
            C: .
            S: 250 2.0.0 queued nothing

            """,
            chunking);
        bool accepted = false;

        var result = await scene.Connection.DeliverAsync(Message("x\r\n"), null, _ => accepted = true);

        Assert.Equal(550, result.Recipients[0].Code);
        Assert.Equal(SmtpFailureStage.Recipient, result.Stage);
        Assert.False(accepted);
        Assert.Equal(0, scene.Connection.MessagesSent);
        Assert.True(scene.Connection.IsUsable);
        scene.Server.AssertPlayed();
    }

    [Theory, MemberData(nameof(Chunkings))]
    public async Task DeliverAsync_mailRefused_isEveryRecipientsReplyAndTheNextBeginsWithReset(Chunking chunking)
    {
        var scene = await OpenAsync(
            Opening + """
            C: MAIL FROM:<s@me.example>
            C: RCPT TO:<r@mx.example>
            C: DATA
            S: 550 5.7.1 not you
            S: 503 5.5.1 MAIL first
            S: 503 5.5.1 MAIL first
            C: RSET
            C: MAIL FROM:<s@me.example>
            C: RCPT TO:<r@mx.example>
            C: DATA
            S: 250 reset
            S: 250 ok
            S: 250 ok
            S: 451 4.3.0 no spool
            C: RSET
            C: MAIL FROM:<s@me.example>
            C: RCPT TO:<r@mx.example>
            C: DATA
            S: 250 reset
            S: 250 ok
            S: 250 ok
            S: 354 go
            C: z
            C: .
            S: 554 5.7.1 spam

            """,
            chunking);

        var first = await scene.Connection.DeliverAsync(Message("x\r\n"));
        var second = await scene.Connection.DeliverAsync(Message("y\r\n"));
        var third = await scene.Connection.DeliverAsync(Message("z\r\n"));

        Assert.Equal((SmtpFailureStage.Mail, 550), (first.Stage, first.Recipients[0].Code));
        Assert.Equal((SmtpFailureStage.Data, 451), (second.Stage, second.Recipients[0].Code));
        Assert.Equal((SmtpFailureStage.Dot, 554), (third.Stage, third.Recipients[0].Code));
        Assert.True(scene.Connection.IsUsable);
        scene.Server.AssertPlayed();
    }

    [Theory]
    [InlineData("S: 421 4.7.0 bye\nS!", SmtpFailureStage.Mail)]
    [InlineData("S: 250 ok\nS: 421 4.7.0 bye\nS!", SmtpFailureStage.Recipient)]
    [InlineData("S: 250 ok\nS: 250 ok\nS: 421 4.7.0 bye\nS!", SmtpFailureStage.Data)]
    [InlineData("S: 250 ok\nS: 250 ok\nS: 354 go\nC: x\nC: .\nS: 421 4.7.0 bye\nS!", SmtpFailureStage.Dot)]
    public async Task DeliverAsync_421AnyTime_endsTheConnectionWithItsWords(string answers, SmtpFailureStage stage)
    {
        foreach (var chunking in Enum.GetValues<Chunking>())
        {
            var scene = await OpenAsync(Opening + "C: MAIL FROM:<s@me.example>\nC: RCPT TO:<r@mx.example>\nC: DATA\n" + answers, chunking);

            var result = await scene.Connection.DeliverAsync(Message("x\r\n"));

            Assert.Equal(new SmtpReply(421, "4.7.0", "bye"), result.Recipients[0]);
            Assert.Equal((true, stage), (result.ConnectionLost, result.Stage));
            Assert.False(scene.Connection.IsUsable);
            scene.Server.AssertPlayed();
        }
    }

    [Theory]
    [InlineData("S!", SmtpFailureStage.Mail)]
    [InlineData("S: 250 ok\nS!", SmtpFailureStage.Recipient)]
    [InlineData("S: 250 ok\nS: 250 ok\nS!", SmtpFailureStage.Data)]
    [InlineData("S: 250 ok\nS: 250 ok\nS: 354 go\nC: x\nC: .\nS!", SmtpFailureStage.Dot)]
    public async Task DeliverAsync_closedAnyTime_isCodeZeroWithTheStage(string answers, SmtpFailureStage stage)
    {
        foreach (var chunking in Enum.GetValues<Chunking>())
        {
            var scene = await OpenAsync(Opening + "C: MAIL FROM:<s@me.example>\nC: RCPT TO:<r@mx.example>\nC: DATA\n" + answers, chunking);

            var result = await scene.Connection.DeliverAsync(Message("x\r\n"));

            Assert.Equal(new SmtpReply(0, "", "the receiver closed the connection"), result.Recipients[0]);
            Assert.Equal((true, stage), (result.ConnectionLost, result.Stage));
        }
    }

    [Fact]
    public async Task DeliverAsync_closedAfterAMessageWithoutAWord_theBegunOneIsNotAttempted()
    {
        var scene = await OpenAsync(
            Opening + OneMessage + "C: one\nC: .\nC: MAIL FROM:<s@me.example>\nC: RCPT TO:<r@mx.example>\nC: DATA\nS: 250 2.0.0 first\nS!");
        var second = Message("two\r\n");

        var first = await scene.Connection.DeliverAsync(Message("one\r\n"), () => second);
        var result = await scene.Connection.DeliverAsync(second);

        Assert.Equal((SmtpFailureStage.None, SmtpNext.Begun), (first.Stage, first.Next));
        Assert.Equal((SmtpFailureStage.NotAttempted, true, 0), (result.Stage, result.ConnectionLost, result.Recipients[0].Code));
    }

    [Fact]
    public async Task DeliverAsync_lostAtTheDot_abandonsTheBegunNext()
    {
        var scene = await OpenAsync(Opening + OneMessage + "C: one\nC: .\nC: MAIL FROM:<s@me.example>\nC: RCPT TO:<r@mx.example>\nC: DATA\nS: 421 4.3.2 down\nS!");

        var first = await scene.Connection.DeliverAsync(Message("one\r\n"), () => Message("two\r\n"));

        Assert.Equal((SmtpFailureStage.Dot, SmtpNext.Abandoned, 421), (first.Stage, first.Next, first.Recipients[0].Code));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await scene.Connection.DeliverAsync(Message("x\r\n")));
    }

    [Fact]
    public async Task DeliverAsync_421SaidWhileIdle_isNotAnAttempt()
    {
        var scene = await OpenAsync(Opening + OneMessage + "C: one\nC: .\nS: 250 first\nS: 421 4.4.2 idle too long\nS!");
        await scene.Connection.DeliverAsync(Message("one\r\n"));

        var result = await scene.Connection.DeliverAsync(Message("two\r\n"));

        Assert.Equal((SmtpFailureStage.NotAttempted, 421), (result.Stage, result.Recipients[0].Code));
        Assert.False(scene.Connection.ProbeIdle());
    }

    [Fact]
    public async Task DeliverAsync_messageAnsweredBeforeItWasSent_sendsNothingOfIt()
    {
        var scene = await OpenAsync(Opening + OneMessage.TrimEnd() + "\nS: 250 2.0.0 queued already\n");

        var result = await scene.Connection.DeliverAsync(Message("x\r\n"));

        Assert.Equal((SmtpFailureStage.Body, 0, true), (result.Stage, result.Recipients[0].Code, result.ConnectionLost));
        Assert.Contains("before it was sent: 250 2.0.0 queued already", result.Recipients[0].Text, StringComparison.Ordinal);
        scene.Server.AssertPlayed();
    }

    [Theory]
    [InlineData("S: 552 5.3.4 too big\nS!", 552, "too big")]
    [InlineData("S: 421 4.3.2 going down\nS!", 421, "going down")]
    [InlineData("S: 250 2.0.0 taken\nS!", 0, "connection lost: broken pipe: 250 2.0.0 taken")]
    [InlineData("S!", 0, "connection lost: broken pipe")]
    public async Task DeliverAsync_connectionBreaksInsideTheMessage_reportsTheReceiversLastWords(string words, int code, string text)
    {
        var server = new ScriptedStream(Opening + OneMessage.TrimEnd() + "\n" + words, Chunking.Lines) { WritesUntilBroken = 2 };
        var connected = Assert.IsType<SmtpConnectResult.Connected>(await ConnectAsync(server));
        bool accepted = false;

        var result = await connected.Connection.DeliverAsync(Message("x\r\n"), () => Message("y\r\n"), _ => accepted = true);

        Assert.Equal((code, text), (result.Recipients[0].Code, result.Recipients[0].Text));
        Assert.Equal((SmtpFailureStage.Body, true, SmtpNext.Abandoned), (result.Stage, result.ConnectionLost, result.Next));
        Assert.False(accepted);
    }

    [Fact]
    public async Task DeliverAsync_callbackThrows_endsTheConnectionAndPassesOn()
    {
        var scene = await OpenAsync(Opening + OneMessage + "C: x\nC: .\nS: 250 ok\n");

        await Assert.ThrowsAsync<ArithmeticException>(async () => await scene.Connection.DeliverAsync(Message("x\r\n"), null, _ => throw new ArithmeticException()));

        Assert.False(scene.Connection.IsUsable);
    }

    [Theory]
    [InlineData("250-ok\r\n550 no", "begins as 250 and goes on as 550")]
    [InlineData("hello", "what is no reply")]
    [InlineData("25", "what is no reply")]
    [InlineData("650 x", "what is no reply")]
    [InlineData("150 x", "what is no reply")]
    [InlineData("250_x", "what is no reply")]
    [InlineData("354 go", "out of turn")]
    [InlineData("300 hm", "out of turn")]
    public async Task DeliverAsync_replyThatIsNone_endsTheConnection(string said, string reason)
    {
        string lines = string.Concat(said.Split("\r\n").Select(l => $"S: {l}\n"));
        var scene = await OpenAsync(Opening + "C: MAIL FROM:<s@me.example>\nC: RCPT TO:<r@mx.example>\nC: DATA\n" + lines);

        var result = await scene.Connection.DeliverAsync(Message("x\r\n"));

        Assert.True(result.ConnectionLost);
        Assert.Equal(0, result.Recipients[0].Code);
        Assert.Contains(reason, result.Recipients[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeliverAsync_dotsAtLineStarts_areDoubledAndAMissingLineEndIsAdded()
    {
        var scene = await OpenAsync(Opening + OneMessage + "C: ..a\nC: .b..\nC: ...\nC: ....\nC: .\nS: 250 ok\n".Replace(".b..", "b..", StringComparison.Ordinal));

        var result = await scene.Connection.DeliverAsync(Message(".a\r\nb..\r\n..\r\n..."));

        Assert.Equal(250, result.Recipients[0].Code);
        scene.Server.AssertPlayed();
    }

    [Fact]
    public async Task DeliverAsync_messageOfManyBlocks_arrivesWhole()
    {
        string line = "." + new string('x', 70) + "\r\n";
        string body = string.Concat(Enumerable.Repeat(line, 3000)); // 219 kB: four blocks, cut within lines
        var scene = await OpenAsync(Opening + OneMessage + string.Concat(Enumerable.Repeat("C: ." + line.TrimEnd() + "\n", 3000)) + "C: .\nS: 250 ok\n");

        var result = await scene.Connection.DeliverAsync(Message(body));

        Assert.Equal(250, result.Recipients[0].Code);
        scene.Server.AssertPlayed();
    }

    [Fact]
    public async Task DeliverAsync_moreThanAGroupOfRecipients_readsRepliesBetweenGroups()
    {
        string[] recipients = [.. Enumerable.Range(0, 250).Select(i => $"r{i}@x")];
        var script = new StringBuilder(Opening).Append("C: MAIL FROM:<s@me.example>\n");
        for (int from = 0; from < 250; from += 100)
        {
            int to = Math.Min(from + 100, 250);
            for (int i = from; i < to; i++)
                script.Append($"C: RCPT TO:<r{i}@x>\n");

            script.Append(to == 250 ? "C: DATA\n" : "").Append(from == 0 ? "S: 250 ok\n" : "");
            for (int i = from; i < to; i++)
                script.Append(i % 7 == 0 ? "S: 550 5.1.1 no\n" : "S: 250 ok\n");
        }

        var scene = await OpenAsync(script + "S: 354 go\nC: x\nC: .\nS: 250 ok\n");

        var result = await scene.Connection.DeliverAsync(Message("x\r\n", recipients));

        Assert.Equal(36, result.Recipients.Count(r => r.Code == 550));
        Assert.Equal(214, result.Recipients.Count(r => r.Code == 250));
        scene.Server.AssertPlayed();
    }

    [Fact]
    public async Task DeliverAsync_requireTlsWithoutVerifiedTls_isRefusedHereAndNothingIsSent()
    {
        var scene = await OpenAsync("S: 220 x\nC: EHLO me.example\nS: 250-x\nS: 250-PIPELINING\nS: 250 REQUIRETLS\n");

        var result = await scene.Connection.DeliverAsync(new SmtpTransaction("", ["r@x"], "x\r\n"u8.ToArray()) { RequireTls = true });

        Assert.Equal((SmtpFailureStage.Local, 550, "5.7.30"), (result.Stage, result.Recipients[0].Code, result.Recipients[0].Enhanced));
        Assert.True(scene.Connection.IsUsable);
        scene.Server.AssertPlayed();
    }

    [Fact]
    public void Mail_requireTls_isHandedOn()
    {
        var output = new OutputBuffer();
        SmtpEnvelopeCommands.Mail(output, new SmtpTransaction("s@x", ["r@x"], default) { RequireTls = true }, new SmtpExtensions { RequireTls = true });
        Assert.Equal("MAIL FROM:<s@x> REQUIRETLS\r\n", System.Text.Encoding.ASCII.GetString(output.Written.Span));
    }

    [Fact]
    public async Task DeliverAsync_extensionMissing_isRefusedHereAndNothingIsSent()
    {
        var scene = await OpenAsync("S: 220 x\nC: EHLO me.example\nS: 250-x\nS: 250-PIPELINING\nS: 250 SIZE 1000\n");
        byte[] body = "x\r\n"u8.ToArray();

        var eightBit = await scene.Connection.DeliverAsync(new SmtpTransaction("", ["r@x"], body, eightBit: true));
        var utf8 = await scene.Connection.DeliverAsync(new SmtpTransaction("", ["jürgen@x"], body));
        var large = await scene.Connection.DeliverAsync(new SmtpTransaction("", ["r@x", "q@x"], new byte[1001]));

        Assert.Equal((SmtpFailureStage.Local, 554, "5.6.3"), (eightBit.Stage, eightBit.Recipients[0].Code, eightBit.Recipients[0].Enhanced));
        Assert.Equal((SmtpFailureStage.Local, 553, "5.6.7"), (utf8.Stage, utf8.Recipients[0].Code, utf8.Recipients[0].Enhanced));
        Assert.Equal(["5.3.4", "5.3.4"], large.Recipients.Select(r => r.Enhanced));
        Assert.True(scene.Connection.IsUsable);
        scene.Server.AssertPlayed();
    }

    [Fact]
    public async Task DeliverAsync_nextThatCannotBeSent_isPromisedButNotWritten()
    {
        var scene = await OpenAsync("S: 220 x\nC: EHLO me.example\nS: 250-x\nS: 250 PIPELINING\n" + OneMessage + "C: x\nC: .\nS: 250 ok\n");
        var next = new SmtpTransaction("", ["r@x"], "y\r\n"u8.ToArray(), eightBit: true);

        var first = await scene.Connection.DeliverAsync(Message("x\r\n"), () => next);
        var second = await scene.Connection.DeliverAsync(next);

        Assert.Equal((SmtpNext.Begun, SmtpFailureStage.Local), (first.Next, second.Stage));
        scene.Server.AssertPlayed();
    }

    [Fact]
    public async Task DeliverAsync_allExtensions_areUsedInMail()
    {
        var scene = await OpenAsync("""
            S: 220 x
            C: EHLO me.example
            S: 250-x
            S: 250-PIPELINING
            S: 250-SIZE 5000000
            S: 250-8bitmime
            S: 250 SMTPUTF8
            C: MAIL FROM:<> SIZE=3 BODY=8BITMIME SMTPUTF8
            C: RCPT TO:<jürgen@x>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 354 go
            C: x
            C: .
            S: 250 ok

            """);

        var result = await scene.Connection.DeliverAsync(new SmtpTransaction("", ["jürgen@x"], "x\r\n"u8.ToArray(), eightBit: true));

        Assert.Equal(250, result.Recipients[0].Code);
        scene.Server.AssertPlayed();
    }

    [Theory]
    [InlineData("", 5 * 60, SmtpFailureStage.Mail)]
    [InlineData("S: 250 ok\n", 5 * 60, SmtpFailureStage.Recipient)]
    [InlineData("S: 250 ok\nS: 250 ok\n", 2 * 60, SmtpFailureStage.Data)]
    [InlineData("S: 250 ok\nS: 250 ok\nS: 354 go\nC: x\nC: .\n", 10 * 60, SmtpFailureStage.Dot)]
    public async Task DeliverAsync_silence_timesOutAtTheStepsOwnTime(string answers, int seconds, SmtpFailureStage stage)
    {
        var scene = await OpenAsync(Opening + "C: MAIL FROM:<s@me.example>\nC: RCPT TO:<r@mx.example>\nC: DATA\n" + answers);

        var delivery = scene.Connection.DeliverAsync(Message("x\r\n")).AsTask();
        scene.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.False(delivery.IsCompleted);
        scene.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var result = await delivery;
        Assert.Equal((stage, new SmtpReply(0, "", "timed out")), (result.Stage, result.Recipients[0]));
    }

    [Fact]
    public async Task DeliverAsync_cancelled_reportsHowFarItGot()
    {
        var scene = await OpenAsync(Opening + OneMessage + "C: x\nC: .\n");
        using var cancel = new CancellationTokenSource();

        var delivery = scene.Connection.DeliverAsync(Message("x\r\n"), null, null, cancel.Token).AsTask();
        await cancel.CancelAsync();

        var result = await delivery;
        Assert.Equal((SmtpFailureStage.Dot, "cancelled", true), (result.Stage, result.Recipients[0].Text, result.ConnectionLost));
    }

    [Fact]
    public async Task QuitAsync_saysQuitAndClosesEvenWithoutAnAnswer()
    {
        var scene = await OpenAsync(Opening + "C: QUIT\n");

        var quit = scene.Connection.QuitAsync().AsTask();
        Assert.False(quit.IsCompleted);
        scene.Clock.Advance(TimeSpan.FromSeconds(5));

        await quit;
        Assert.False(scene.Connection.IsUsable);
        scene.Server.AssertPlayed();
        await scene.Connection.DisposeAsync();
    }

    [Theory]
    [InlineData("a@x\r\nRSET")]
    [InlineData("a b@x")]
    [InlineData("a@x>")]
    [InlineData("<a@x")]
    [InlineData("a\0@x")]
    [InlineData("a\n@x")]
    [InlineData("")]
    public void New_recipientThatBreaksOut_throws(string address)
    {
        Assert.Throws<ArgumentException>(() => new SmtpTransaction("", [address], default));
        if (address.Length > 0)
            Assert.Throws<ArgumentException>(() => new SmtpTransaction(address, ["a@x"], default));
    }
}
