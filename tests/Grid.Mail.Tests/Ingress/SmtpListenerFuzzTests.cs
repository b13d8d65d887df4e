using System.Text;
using System.Text.RegularExpressions;
using Grid.Mail.Ingress;
using Grid.Mail.Tests.Sending;

namespace Grid.Mail.Tests.Ingress;

public sealed partial class SmtpListenerFuzzTests
{
    private const int MaxMessageBytes = 16 * 1024;

    private static readonly string[] Corpus =
    [
        "EHLO a\r\n|MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\n|Subject: x\r\n\r\n..hello\r\nworld\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<c@x>\r\nDATA\r\n|x\r\n.\r\nQUIT\r\n",
        "EHLO a\r\n|AUTH PLAIN AGFjbWUAa2V5LTE=\r\n|MAIL FROM:<a@x> SIZE=100 BODY=8BITMIME SMTPUTF8 RET=FULL ENVID=x\r\n|RCPT TO:<\"q q\"@[IPv6:::1]> NOTIFY=NEVER ORCPT=rfc822;x\r\n|BDAT 5\r\nabc\r\n|BDAT 3 LAST\r\nx\r\n|QUIT\r\n",
        "HELO a\r\n|MAIL FROM:<a@x>\r\n|RCPT TO:<b@x>\r\n|DATA\r\n|hello\r\n.\r\n|RSET\r\n|NOOP\r\n|VRFY x\r\n|HELP\r\n|EXPN x\r\n|QUIT\r\n",
        "EHLO a\r\n|AUTH LOGIN\r\n|YWNtZQ==\r\n|a2V5LTE=\r\n|STARTTLS\r\n|MAIL FROM:<a@x>\r\n|RCPT TO:<b@x>\r\n|RSET\r\n|MAIL FROM:<a@x>\r\n|RCPT TO:<Postmaster>\r\n|DATA\r\n|\r\n.\r\n|QUIT\r\n",
    ];

    /// <summary>Whatever a client sends: no crash, no waiting once it has hung up, nothing but replies, no memory kept, and no message with a line end out of place.</summary>
    [Fact]
    public void OnConnected_anythingSent_endsCleanly()
    {
        var gate = new RecordingGate { Trusted = "acme" };
        var options = ServerScene.Options() with { MaxMessageBytes = MaxMessageBytes, MaxBufferedBytes = 64 * 1024 };
        var logger = new RecordingLogger();
        var listener = new SmtpListener(options, gate, new Grid.Testing.ManualClock(), logger);
        int messages = 0;
        for (int seed = 0; seed < Mutation.Cases; seed++)
        {
            try
            {
                Run(new Mutation(seed), Corpus[seed % Corpus.Length], gate, listener);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}", e);
            }

            messages += gate.Messages.Count;
            gate.Messages.Clear();
        }

        Assert.Empty(logger.Errors);
        Assert.True(messages > Mutation.Cases / 4, $"Only {messages} messages came through: the damage is too great to test what follows MAIL.");
    }

    private static void Run(Mutation mutation, string conversation, RecordingGate gate, SmtpListener listener)
    {
        var scene = new ServerScene(gate: gate, listener: listener);
        byte[][] turns = [.. conversation.Split('|').Select(Encoding.Latin1.GetBytes)];
        int damaged = mutation.Pick(turns.Length);
        for (int i = 0; i < turns.Length && !scene.Session.IsCompleted; i++)
        {
            byte[] turn = i == damaged ? mutation.Damage(turns[i]) : turns[i];
            foreach (byte[] piece in mutation.Cut(turn))
                if (!scene.Session.IsCompleted)
                    scene.Send(piece);

            Assert.True(listener.BufferedBytes <= 2 * MaxMessageBytes);
        }

        scene.HangUp();
        Assert.True(scene.Session.IsCompletedSuccessfully, scene.Session.Exception?.ToString() ?? "The session goes on without a client.");
        Assert.Matches(Replies(), scene.Hear());
        Assert.Equal((0, 0L), (listener.Connections, listener.BufferedBytes));
        foreach (var (envelope, data) in gate.Messages)
        {
            Assert.InRange(data.Length, 0, MaxMessageBytes);
            Assert.NotEmpty(envelope.Recipients);
            Assert.DoesNotMatch(BareLineEnd(), Encoding.Latin1.GetString(data));
        }
    }

    [GeneratedRegex(@"^(\d{3}[- ][ -~]*\r\n)+$")]
    private static partial Regex Replies();

    [GeneratedRegex(@"\r(?!\n)|(?<!\r)\n|\0")]
    private static partial Regex BareLineEnd();
}
