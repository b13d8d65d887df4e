using System.Text;
using Grid.Mail.Ingress;
using Grid.Mail.Tests.Sending;

namespace Grid.Mail.Tests.Ingress;

public sealed class SmtpListenerTests
{
    private const string Greeting = "S: 220 grid.example ESMTP\n";

    private const string Ehlo = Greeting + """
        C: EHLO app.example
        S: 250-grid.example
        S: 250-PIPELINING
        S: 250-SIZE 26214400
        S: 250-8BITMIME
        S: 250-SMTPUTF8
        S: 250-ENHANCEDSTATUSCODES
        S: 250-CHUNKING
        S: 250 DSN

        """;

    private const string Envelope = """
        C: MAIL FROM:<s@acme.example>
        C: RCPT TO:<r@x.example>
        C: DATA
        S: 250 2.1.0 Ok
        S: 250 2.1.5 Ok
        S: 354 End data with <CR><LF>.<CR><LF>

        """;

    public static TheoryData<Chunking> Chunkings => [Chunking.Whole, Chunking.Lines, Chunking.Bytes];

    [Theory, MemberData(nameof(Chunkings))]
    public void OnConnected_pipelinedMessages_reachTheGateUnstuffedAndAreAnsweredInOrder(Chunking chunking)
    {
        var scene = new ServerScene();
        if (chunking == Chunking.Whole)
        {
            scene.Play(Ehlo + Envelope + """
                C: Subject: x
                C:
                C: ..dot
                C: .
                C: MAIL FROM:<>
                C: RCPT TO:<a@x.example>
                C: RCPT TO:<b@x.example>
                C: DATA
                S: 250 2.0.0 Ok: queued as 1
                S: 250 2.1.0 Ok
                S: 250 2.1.5 Ok
                S: 250 2.1.5 Ok
                S: 354 End data with <CR><LF>.<CR><LF>
                C: .
                C: QUIT
                S: 250 2.0.0 Ok: queued as 2
                S: 221 2.0.0 Bye
                S!
                """);
            Assert.Equal(["a@x.example", "b@x.example"], scene.Gate.Messages[1].Envelope.Recipients.Select(r => r.Address));
            Assert.Empty(scene.Gate.Messages[1].Data);
        }
        else
        {
            scene.Play(Ehlo + Envelope + "C: Subject: x\nC:\nC: ..dot\nC: .\nS: 250 2.0.0 Ok: queued as 1\nC: QUIT\nS: 221 2.0.0 Bye\nS!", chunking);
        }

        Assert.Equal("Subject: x\r\n\r\n.dot\r\n", Encoding.ASCII.GetString(scene.Gate.Messages[0].Data));
        Assert.Equal("s@acme.example", scene.Gate.Messages[0].Envelope.ReturnPath);
        Assert.Equal(0, scene.Listener.Connections);
        Assert.Equal(0, scene.Listener.BufferedBytes);
    }

    [Theory, MemberData(nameof(Chunkings))]
    public void OnConnected_everyCommand_hasItsReply(Chunking chunking) => new ServerScene().Play(
        Ehlo + """
        C: NOOP
        S: 250 2.0.0 Ok
        C: noop ignored words
        S: 250 2.0.0 Ok
        C: VRFY root
        S: 252 2.1.5 Addresses are not verified; send some mail, it will be tried
        C: EXPN list
        S: 502 5.5.1 Lists are not expanded
        C: HELP
        S: 214 2.0.0 RFC 5321; commands EHLO HELO MAIL RCPT DATA BDAT RSET NOOP VRFY AUTH STARTTLS QUIT
        C: RSET
        S: 250 2.0.0 Ok
        C: RSET x
        S: 501 5.5.4 This command takes no argument
        C: WIZ
        S: 500 5.5.2 Command not recognized
        C:
        S: 500 5.5.2 Command not recognized
        C: RCPT TO:<a@x>
        S: 503 5.5.1 Say MAIL first
        C: DATA
        S: 503 5.5.1 Say MAIL first
        C: mail from:<a@x>
        S: 250 2.1.0 Ok
        C: MAIL FROM:<a@x>
        S: 503 5.5.1 A transaction is open; RSET ends it
        C: DATA
        S: 554 5.5.1 No valid recipients
        C: STARTTLS
        S: 503 5.5.1 TLS is not offered
        C: QUIT
        S: 221 2.0.0 Bye
        S!
        """,
        chunking);

    [Fact]
    public void OnConnected_mailBeforeHelo_isRefused() =>
        new ServerScene().Play(Greeting + "C: MAIL FROM:<a@x>\nS: 503 5.5.1 Say EHLO first\nC: HELO app\nS: 250 grid.example\nC: MAIL FROM:<a@x>\nS: 250 2.1.0 Ok\n");

    [Theory, MemberData(nameof(Chunkings))]
    public void OnConnected_authPlainAndLogin_signIn(Chunking chunking)
    {
        string plain = Convert.ToBase64String("\0acme\0key-1"u8);
        string user = Convert.ToBase64String("acme"u8);
        string key = Convert.ToBase64String("key-1"u8);
        string ehlo = Ehlo.Replace("S: 250 DSN", "S: 250-DSN\nS: 250 AUTH PLAIN LOGIN", StringComparison.Ordinal);
        string[] ways =
        [
            $"C: AUTH PLAIN {plain}\n",
            $"C: AUTH plain\nS: 334 \nC: {plain}\n",
            $"C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: {user}\nS: 334 UGFzc3dvcmQ6\nC: {key}\n",
            $"C: AUTH LOGIN {user}\nS: 334 UGFzc3dvcmQ6\nC: {key}\n",
        ];
        foreach (string way in ways)
        {
            var scene = new ServerScene(gate: new RecordingGate(), peer: "127.0.0.1");
            scene.Play(
                ehlo + "C: MAIL FROM:<a@x>\nS: 530 5.7.0 Authentication required\n" + way
                + "S: 235 2.7.0 Authentication successful\nC: MAIL FROM:<a@x>\nS: 250 2.1.0 Ok\nC: RSET\nS: 250 2.0.0 Ok\nC: AUTH PLAIN x\nS: 503 5.5.1 AUTH is not possible here\n",
                chunking);
            Assert.Equal(("acme", true), (scene.Gate.LastSession!.Tenant, scene.Gate.LastSession.IsAuthenticated));
        }
    }

    [Theory]
    [InlineData("AUTH PLAIN !!!!", "501 5.5.2 The response is not valid base64 of this mechanism")]
    [InlineData("AUTH PLAIN AGFj", "501 5.5.2 The response is not valid base64 of this mechanism")]
    [InlineData("AUTH PLAIN AGFjbWUAd3Jvbmc=", "535 5.7.8 Authentication credentials invalid")]
    [InlineData("AUTH PLAIN AGFjbWUA", "535 5.7.8 Authentication credentials invalid")]
    [InlineData("AUTH PLAIN AGFj/////w==", "501 5.5.2 The response is not valid base64 of this mechanism")]
    [InlineData("AUTH PLAIN =", "501 5.5.2 The response is not valid base64 of this mechanism")]
    [InlineData("AUTH LOGIN *", "501 5.7.0 Authentication cancelled")]
    [InlineData("AUTH CRAM-MD5", "504 5.5.4 Mechanisms are PLAIN and LOGIN")]
    [InlineData("AUTH", "504 5.5.4 Mechanisms are PLAIN and LOGIN")]
    public void OnConnected_authThatFails_leavesTheSessionGood(string command, string reply) => new ServerScene(gate: new RecordingGate(), peer: "127.0.0.1").Play(
        Ehlo.Replace("S: 250 DSN", "S: 250-DSN\nS: 250 AUTH PLAIN LOGIN", StringComparison.Ordinal) + $"C: {command}\nS: {reply}\nC: NOOP\nS: 250 2.0.0 Ok\n");

    [Fact]
    public void OnConnected_authFromAfarWithoutTls_isRefused() =>
        new ServerScene(gate: new RecordingGate()).Play(Ehlo + "C: AUTH PLAIN AGFjbWUAa2V5LTE=\nS: 538 5.7.11 Encryption required: say STARTTLS first\n");

    [Fact]
    public void OnConnected_longAuthResponse_isReadUpToItsOwnLimit()
    {
        string ehlo = Ehlo.Replace("S: 250 DSN", "S: 250-DSN\nS: 250 AUTH PLAIN LOGIN", StringComparison.Ordinal);
        new ServerScene(gate: new RecordingGate(), peer: "127.0.0.1").Play(
            ehlo + $"C: AUTH PLAIN {new string('A', 12_000)}\nS: 501 5.5.2 The response is not valid base64 of this mechanism\n");
        new ServerScene(gate: new RecordingGate(), peer: "127.0.0.1").Play(ehlo + $"C: AUTH PLAIN {new string('A', 12_300)}\nS: 500 5.5.2 Line too long\nS!");
    }

    [Theory, MemberData(nameof(Chunkings))]
    public void OnConnected_inbound_needsNoAuthAndTheGateDecides(Chunking chunking)
    {
        var scene = new ServerScene(ServerScene.Options(SmtpListenerKind.Inbound), new RecordingGate());
        scene.Gate.Refusals["nobody@x"] = new SmtpServerReply(550, "5.1.1", "No such address\r\n250 injected");
        scene.Play(
            Ehlo.Replace("S: 250-CHUNKING\nS: 250 DSN", "S: 250 CHUNKING", StringComparison.Ordinal) + "C: AUTH PLAIN x\nS: 503 5.5.1 AUTH is not possible here\nC: MAIL FROM:<>\nS: 250 2.1.0 Ok\nC: RCPT TO:<nobody@x>\n"
            + "S: 550-5.1.1 No such address\nS: 550 5.1.1 250 injected\nC: RCPT TO:<Postmaster>\nS: 250 2.1.5 Ok\nC: DATA\nS: 354 End data with <CR><LF>.<CR><LF>\nC: x\nC: .\nS: 250 2.0.0 Ok: queued as 1\n",
            chunking);
    }

    [Theory, MemberData(nameof(Chunkings))]
    public void OnConnected_dsnParameters_arePassedOn(Chunking chunking)
    {
        var scene = new ServerScene();
        scene.Play(
            Ehlo + "C: MAIL FROM:<a@x> SIZE=100 BODY=8BITMIME SMTPUTF8 RET=hdrs ENVID=QQ+2B314 AUTH=<>\nS: 250 2.1.0 Ok\n"
            + "C: RCPT TO:<jürgen@bücher.example> NOTIFY=success,DELAY ORCPT=rfc822;j+2Bx@y\nS: 250 2.1.5 Ok\nC: DATA\nS: 354 End data with <CR><LF>.<CR><LF>\nC: x\nC: .\nS: 250 2.0.0 Ok: queued as 1\n",
            chunking);
        var envelope = scene.Gate.Messages[0].Envelope;
        Assert.Equal((100L, true, true, "HDRS", "QQ+2B314"), (envelope.DeclaredSizeBytes, envelope.EightBit, envelope.Utf8, envelope.Return, envelope.EnvelopeId));
        Assert.Equal(new SmtpRecipient("jürgen@bücher.example", "SUCCESS,DELAY", "rfc822;j+2Bx@y"), envelope.Recipients[0]);
    }

    [Theory, MemberData(nameof(Chunkings))]
    public void OnConnected_chunks_areJoined(Chunking chunking)
    {
        var scene = new ServerScene();
        scene.Play(
            Ehlo + "C: MAIL FROM:<a@x>\nC: RCPT TO:<b@x>\nS: 250 2.1.0 Ok\nS: 250 2.1.5 Ok\nC: BDAT 6\nC: .one\nS: 250 2.0.0 Chunk received\n"
            + "C: DATA\nS: 503 5.5.1 BDAT has begun this message; only BDAT or RSET may follow\nC: BDAT 5 LAST\nC: two\nS: 250 2.0.0 Ok: queued as 1\nC: BDAT 3 LAST\nC: x\nS: 503 5.5.1 Say MAIL first\n",
            chunking);
        Assert.Equal(".one\r\ntwo\r\n", Encoding.ASCII.GetString(scene.Gate.Messages[0].Data));
    }

    [Fact]
    public void OnConnected_chunksWithoutLastLineEnd_getOne()
    {
        var scene = new ServerScene();
        scene.Play(Ehlo + "C: MAIL FROM:<a@x>\nC: RCPT TO:<b@x>\nS: 250 2.1.0 Ok\nS: 250 2.1.5 Ok\n");
        scene.Send("BDAT 1\r\naBDAT 0 LAST\r\n");
        Assert.Equal("250 2.0.0 Chunk received\r\n250 2.0.0 Ok: queued as 1\r\n", scene.Hear());
        Assert.Equal("a\r\n"u8.ToArray(), scene.Gate.Messages[0].Data);

        scene.Send("MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nBDAT 3 LAST\r\na\nbBDAT x\r\n");
        Assert.Equal(
            "250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n550 5.6.11 The message holds a bare CR or LF; lines must end in CR LF (RFC 5321, 2.3.8)\r\n501 5.5.4 Syntax: BDAT size [LAST]\r\n",
            scene.Hear());
        Assert.True(scene.Session.IsCompleted);
    }

    [Fact]
    public void OnConnected_declaredSizeTooLarge_isRefusedAtMail() =>
        new ServerScene(ServerScene.Options() with { MaxMessageBytes = 1024 }).Play(
            Ehlo.Replace("26214400", "1024", StringComparison.Ordinal)
            + "C: MAIL FROM:<a@x> SIZE=1025\nS: 552 5.3.4 The message has 1025 bytes; at most 1024 are taken\nC: MAIL FROM:<a@x> SIZE=1024\nS: 250 2.1.0 Ok\n");

    [Theory, MemberData(nameof(Chunkings))]
    public void OnConnected_messageTooLarge_isReadToItsEndAndDropped(Chunking chunking)
    {
        var scene = new ServerScene(ServerScene.Options() with { MaxMessageBytes = 1024 });
        scene.Play(
            (Ehlo + Envelope).Replace("26214400", "1024", StringComparison.Ordinal) + string.Concat(Enumerable.Repeat($"C: {new string('x', 98)}\n", 11))
            + "C: .\nS: 552 5.3.4 The message is larger than SIZE allows\n" + Envelope + string.Concat(Enumerable.Repeat($"C: {new string('x', 98)}\n", 10))
            + "C: .\nS: 250 2.0.0 Ok: queued as 1\n",
            chunking);
        Assert.Equal(0, scene.Listener.BufferedBytes);
    }

    [Fact]
    public void OnConnected_messageWithoutEnd_isCutAtTwiceTheSize()
    {
        var scene = new ServerScene(ServerScene.Options() with { MaxMessageBytes = 1024 });
        scene.Play((Ehlo + Envelope).Replace("26214400", "1024", StringComparison.Ordinal));
        for (int i = 0; i < 21; i++)
            scene.Send(new string('x', 98) + "\r\n");

        Assert.Equal("552 5.3.4 The message is larger than SIZE allows\r\n", scene.Hear());
        Assert.True(scene.Session.IsCompleted);
    }

    [Fact]
    public void OnConnected_memoryForMessagesUsedUp_isATemporaryRefusal()
    {
        var options = ServerScene.Options() with { MaxMessageBytes = 16 * 1024, MaxBufferedBytes = 16 * 1024 };
        var first = new ServerScene(options);
        string opening = (Ehlo + Envelope).Replace("26214400", "16384", StringComparison.Ordinal);
        first.Play(opening);
        first.Send(new string('x', 100) + "\r\n");
        Assert.Equal(8 * 1024, first.Listener.BufferedBytes);
        var second = new ServerScene(listener: first.Listener, gate: first.Gate);
        second.Play(opening);
        second.Send(new string('x', 9000) + "\r\n.\r\n");
        Assert.Equal("452 4.3.1 Too many large messages are arriving; try again later\r\n", second.Hear());
        first.Send(".\r\n");
        Assert.Equal("250 2.0.0 Ok: queued as 1\r\n", first.Hear());
        Assert.Equal(0, first.Listener.BufferedBytes);
    }

    [Fact]
    public void OnConnected_tooManyRecipients_areTemporarilyRefusedAndTheRestGoes()
    {
        var scene = new ServerScene(ServerScene.Options() with { MaxRecipients = 100 });
        scene.Play(Ehlo + "C: MAIL FROM:<a@x>\nS: 250 2.1.0 Ok\n");
        scene.Send(string.Concat(Enumerable.Range(0, 150).Select(i => $"RCPT TO:<r{i}@x>\r\n")));
        string[] replies = scene.Hear().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(100, replies.Count(r => r == "250 2.1.5 Ok"));
        Assert.Equal(50, replies.Count(r => r.StartsWith("452 4.5.3 ", StringComparison.Ordinal)));
        scene.Play("C: DATA\nS: 354 End data with <CR><LF>.<CR><LF>\nC: .\nS: 250 2.0.0 Ok: queued as 1\n");
    }

    [Fact]
    public void OnConnected_tooManyErrors_closes()
    {
        var scene = new ServerScene(ServerScene.Options() with { MaxErrors = 3 });
        scene.Play(Ehlo + string.Concat(Enumerable.Repeat("C: X\nS: 500 5.5.2 Command not recognized\n", 3))
            + "C: X\nS: 500 5.5.2 Command not recognized\nS: 421 4.7.0 Too many errors; closing\nS!");
    }

    [Fact]
    public void OnConnected_tooManyIdleCommands_closes()
    {
        var scene = new ServerScene(ServerScene.Options() with { MaxIdleCommands = 3 });
        scene.Play(Ehlo + "C: NOOP\nS: 250 2.0.0 Ok\nC: NOOP\nS: 250 2.0.0 Ok\nC: NOOP\nS: 421 4.7.0 Too many commands without a message; closing\nS!");
    }

    [Fact]
    public void OnConnected_tooManyMessages_closesAtMail()
    {
        var scene = new ServerScene(ServerScene.Options() with { MaxMessagesPerConnection = 1 });
        scene.Play(Ehlo + Envelope + "C: .\nS: 250 2.0.0 Ok: queued as 1\nC: MAIL FROM:<a@x>\nS: 421 4.7.0 Enough messages for one connection; connect again\nS!");
    }

    [Fact]
    public void OnConnected_tooManyConnections_areTurnedAway()
    {
        var first = new ServerScene(ServerScene.Options() with { MaxConnections = 2, MaxConnectionsPerPeer = 1 });
        new ServerScene(listener: first.Listener).Play("S: 421 4.7.0 Too many connections from your address; try again later\nS!");
        var other = new ServerScene(listener: first.Listener, peer: "192.0.2.8");
        other.Play(Greeting);
        new ServerScene(listener: first.Listener, peer: "192.0.2.9").Play("S: 421 4.3.2 Too many connections; try again later\nS!");
        other.Play("C: QUIT\nS: 221 2.0.0 Bye\nS!");
        new ServerScene(listener: first.Listener, peer: "::ffff:192.0.2.8").Play(Greeting);
    }

    [Theory]
    [InlineData("NOOP\nNOOP\r\n")]
    [InlineData("NO\rOP\r\n")]
    [InlineData("NOOP\r\r\n")]
    [InlineData("NO\0OP\r\n")]
    [InlineData("\n")]
    public void OnConnected_bareLineEndInACommand_closes(string sent)
    {
        var scene = new ServerScene();
        scene.Play(Ehlo);
        scene.Send(sent);
        Assert.Equal("500 5.5.2 A line must end in CR LF and hold no other CR or LF and no NUL; closing\r\n", scene.Hear());
        Assert.True(scene.Session.IsCompleted);
    }

    [Fact]
    public void OnConnected_commandLineTooLong_isRefusedByItsOwnLimit()
    {
        var scene = new ServerScene();
        scene.Play(Ehlo + $"C: NOOP {new string('x', 505)}\nS: 250 2.0.0 Ok\nC: NOOP {new string('x', 506)}\nS: 500 5.5.2 Line too long\n");
        scene.Send(new string('x', 12_288));
        Assert.Equal("500 5.5.2 Line too long\r\n", scene.Hear());
        Assert.True(scene.Session.IsCompleted);
    }

    [Theory]
    [InlineData("EHLO a\r\nMAIL FROM:<a@x>\r\n", "503 5.5.1 ")]
    [InlineData("HELO a\r\nNOOP\r\n", "503 5.5.1 ")]
    [InlineData("NOOP\r\nNOOP\r\n", "503 5.5.1 ")]
    public void OnConnected_sentAheadBeforeEhlo_closes(string sent, string reply)
    {
        var scene = new ServerScene();
        scene.Play(Greeting);
        scene.Send(sent);
        Assert.StartsWith(reply, scene.Hear(), StringComparison.Ordinal);
        Assert.True(scene.Session.IsCompleted);
    }

    [Fact]
    public void OnConnected_messageBefore354_closes()
    {
        var scene = new ServerScene();
        scene.Play(Ehlo);
        scene.Send("MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\nx\r\n.\r\n");
        Assert.EndsWith("554 5.5.0 The message was sent before 354; closing\r\n", scene.Hear(), StringComparison.Ordinal);
        Assert.True(scene.Session.IsCompleted);
        Assert.Empty(scene.Gate.Messages);
    }

    [Fact]
    public void OnConnected_clientSpeaksFirst_isNotedInTheSession()
    {
        var scene = new ServerScene(start: false);
        scene.Send("EHLO a\r\n");
        scene.Start();
        scene.Hear();
        scene.Send("MAIL FROM:<a@x>\r\n");
        Assert.Equal("250 2.1.0 Ok\r\n", scene.Hear());
        Assert.True(scene.Gate.LastSession!.IsEarlyTalker);
    }

    [Fact]
    public void OnConnected_gateThrows_isATemporaryRefusalAndLogged()
    {
        var scene = new ServerScene();
        scene.Gate.Failure = new InvalidOperationException("broken");
        scene.Play(Ehlo + Envelope + "C: .\nS: 451 4.3.0 The message cannot be taken just now; try again later\nC: NOOP\nS: 250 2.0.0 Ok\n");
        Assert.StartsWith("The gate failed on message in SMTP session", Assert.Single(scene.Logger.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void OnConnected_silence_timesOutWhateverDribblesIn()
    {
        var scene = new ServerScene();
        scene.Play(Ehlo);
        for (int i = 0; i < 4; i++)
        {
            scene.Clock.Advance(TimeSpan.FromMinutes(1));
            scene.Send("N");
        }

        Assert.False(scene.Session.IsCompleted);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("421 4.4.2 Timed out; closing\r\n", scene.Hear());
        Assert.True(scene.Session.IsCompleted);
    }

    [Fact]
    public void OnConnected_slowMessage_timesOutAsAWhole()
    {
        var scene = new ServerScene();
        scene.Play(Ehlo + Envelope);
        for (int i = 0; i < 19; i++)
        {
            scene.Send("x\r\n");
            scene.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.False(scene.Session.IsCompleted);
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("421 4.4.2 Timed out; closing\r\n", scene.Hear());
        Assert.True(scene.Session.IsCompleted);
        Assert.Equal(0, scene.Listener.BufferedBytes);
    }

    [Fact]
    public void Drain_betweenMessages_says421()
    {
        var scene = new ServerScene();
        scene.Play(Ehlo);
        scene.Listener.Drain();
        Assert.Equal("421 4.3.2 Shutting down; try again in a moment\r\n", scene.Hear());
        Assert.True(scene.Session.IsCompleted);
    }

    [Fact]
    public void Drain_insideATransaction_letsItFinish()
    {
        var scene = new ServerScene();
        scene.Play(Ehlo + "C: MAIL FROM:<a@x>\nS: 250 2.1.0 Ok\n");
        scene.Listener.Drain();
        scene.Play("C: RCPT TO:<b@x>\nS: 250 2.1.5 Ok\nC: DATA\nS: 354 End data with <CR><LF>.<CR><LF>\nC: .\nS: 250 2.0.0 Ok: queued as 1\nC: MAIL FROM:<a@x>\nS: 421 4.3.2 Shutting down; try again in a moment\nS!");
    }

    [Fact]
    public void OnConnected_clientHangsUpWhileTheGateCommits_theMessageIsStillAnswered()
    {
        var commit = new TaskCompletionSource();
        var scene = new ServerScene(gate: new RecordingGate { Trusted = "acme", BeforeCommit = () => new(commit.Task) });
        scene.Play(Ehlo + Envelope);
        scene.Send("x\r\n.\r\n");
        scene.HangUp();
        Assert.Equal("", scene.Hear());
        commit.SetResult();
        Assert.Equal("250 2.0.0 Ok: queued as 1\r\n", scene.Hear());
        Assert.True(scene.Session.IsCompleted);
    }

    [Fact]
    public void OnConnected_plaintextAfterStarttls_closes()
    {
        using var certificate = LoopbackListener.SelfSigned("grid.example");
        var scene = new ServerScene(ServerScene.Options() with { Certificate = certificate });
        scene.Send("EHLO a\r\n");
        Assert.Contains("250 STARTTLS\r\n", scene.Hear(), StringComparison.Ordinal);
        scene.Send("STARTTLS\r\nMAIL FROM:<evil@x>\r\n");
        Assert.Equal("554 5.5.0 Plaintext followed STARTTLS; closing\r\n", scene.Hear());
        Assert.True(scene.Session.IsCompleted);
    }

    [Fact]
    public void OnConnected_handshakeThatIsNone_endsTheSession()
    {
        using var certificate = LoopbackListener.SelfSigned("grid.example");
        var scene = new ServerScene(ServerScene.Options() with { Certificate = certificate });
        scene.Send("EHLO a\r\n");
        scene.Send("STARTTLS\r\n");
        scene.Hear();
        scene.Send("this is not TLS at all\r\n");
        Assert.True(SpinWait.SpinUntil(() => scene.Session.IsCompleted, TimeSpan.FromSeconds(10)));
        Assert.False(scene.Session.IsFaulted);
    }

    [Fact]
    public async Task OnConnected_clientThatTakesNoReplies_isCut()
    {
        var scene = new ServerScene(replyBytesUntilPause: 64);
        scene.Send("EHLO a\r\n");
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(scene.Session.IsCompleted);
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        var closed = new TaskCompletionSource();
        await using var registration = scene.Connection.ConnectionClosed.Register(closed.SetResult);
        await closed.Task;
        scene.StopHearing();
        await scene.Session;
        Assert.Equal(0, scene.Listener.Connections);
    }

    [Fact]
    public void OnConnected_chunkBeyondAnySize_closes() =>
        new ServerScene().Play(Ehlo + "C: BDAT 999999999999 LAST\nS: 552 5.3.4 The message is larger than SIZE allows\nS!");

    [Fact]
    public void OnConnected_chunksWithoutATransaction_doNotCountAgainstTheNextMessage()
    {
        var scene = new ServerScene(ServerScene.Options() with { MaxMessageBytes = 1024 });
        scene.Send("EHLO a\r\n");
        for (int i = 0; i < 5; i++)
            scene.Send("BDAT 1000\r\n" + new string('x', 1000));

        scene.Send("MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\n");
        scene.Send("x\r\n");
        scene.Send(".\r\n");
        Assert.EndsWith("250 2.0.0 Ok: queued as 1\r\n", scene.Hear(), StringComparison.Ordinal);
    }

    [Fact]
    public void New_badOptions_namesTheOption() => Assert.Contains(
        "MaxRecipients",
        Assert.Throws<ArgumentException>(() => new ServerScene(ServerScene.Options() with { MaxRecipients = 1 })).Message,
        StringComparison.Ordinal);
}
