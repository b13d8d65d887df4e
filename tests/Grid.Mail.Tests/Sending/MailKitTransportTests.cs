using System.Text;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Mail.Dns;
using Grid.Mail.Sending;
using Grid.Mail.Tests.Dns;
using Grid.Testing;

namespace Grid.Mail.Tests.Sending;

/// <summary>MailKit's client behind the senders' ports, against a receiver on loopback.</summary>
public sealed class MailKitTransportTests
{
    private const string Message =
        "Received: from a\r\n\tby b\r\nsubject:=?utf-8?q?unfolded_and_odd?=  \r\nDKIM-Signature: v=1;  b=ab\r\n  cd\r\n\r\nfirst\r\n.dot\r\n..\r\n\r\nlast\r\n";

    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData(Message, false)]
    [InlineData("Subject: no body\r\n", false)]
    [InlineData("Subject: empty body\r\n\r\n", false)]
    [InlineData("Subject: eight bits\r\nContent-Transfer-Encoding: 8bit\r\n\r\ngr\u00fc\u00dfe\r\n", true)]
    [InlineData("Subject: a false multipart\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n-- x\r\nno end\r\n", false)]
    public async Task Message_whatever_it_looks_like_arrives_byte_for_byte(string message, bool eightBit)
    {
        await using var receiver = new MailKitReceiver();
        await using var connection = await ConnectAsync(receiver);
        var accepted = new List<MailTransaction>();
        var transaction = Transaction(message, eightBit: eightBit);

        var result = await connection.DeliverAsync(transaction, null, accepted.Add, default);

        Assert.Equal([new SmtpReply(250, "2.0.0", "taken as 1")], result.Replies);
        Assert.Equal([transaction], accepted);
        Assert.Null(transaction.Refusals);
        var separator = message.Contains("\r\n\r\n", StringComparison.Ordinal) ? "" : "\r\n";
        Assert.Equal([message + separator], receiver.Messages);
        Assert.Contains($"MAIL FROM:<b@bounces.example> SIZE={message.Length + separator.Length}{(eightBit ? " BODY=8BITMIME" : "")}", receiver.Commands);
        Assert.Contains("RCPT TO:<a@client.example>", receiver.Commands);
        Assert.Contains("EHLO mail.example.net", receiver.Commands);
    }

    [Fact]
    public async Task Header_that_needs_SMTPUTF8_asks_for_it_and_stays_as_it_is()
    {
        const string Header = "Subject: gr\u00fcn\r\nFrom: =?utf-8?q?Gr=C3=BCn?= <a@b.example>\r\n\r\nx\r\n";
        await using var receiver = new MailKitReceiver();
        await using var connection = await ConnectAsync(receiver);

        await connection.DeliverAsync(Transaction(Header, eightBit: true, utf8: true), null, null, default);

        Assert.Equal([Header], receiver.Messages);
        Assert.Contains(receiver.Commands, c => c.StartsWith("MAIL", StringComparison.Ordinal) && c.Contains("SMTPUTF8", StringComparison.Ordinal) && c.Contains("8BITMIME", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recipient_refused_has_its_own_reply_and_the_others_get_the_message()
    {
        await using var receiver = new MailKitReceiver(command => command.StartsWith("RCPT TO:<no", StringComparison.Ordinal) ? "550-5.1.1 nobody\r\n550 5.1.1 here" : null);
        await using var connection = await ConnectAsync(receiver);
        var refusals = (SmtpReply?[]?)null;
        var transaction = Transaction(Message, recipients: ["a@client.example", "no@client.example"]);

        var result = await connection.DeliverAsync(transaction, null, taken => refusals = taken.Refusals, default);

        SmtpReply nobody = new(550, "5.1.1", "nobody here");
        Assert.Equal([new(250, "2.0.0", "taken as 1"), nobody], result.Replies);
        Assert.True(refusals is [null, { } refused] && refused == nobody);
        Assert.True(connection.IsUsable);
    }

    [Fact]
    public async Task Recipients_all_refused_have_their_own_replies_and_the_connection_is_good()
    {
        await using var receiver = new MailKitReceiver(command => command.StartsWith("RCPT TO:<a", StringComparison.Ordinal) ? "550 5.1.1 a" : command.StartsWith("RCPT", StringComparison.Ordinal) ? "452 4.2.2 full" : null);
        await using var connection = await ConnectAsync(receiver);

        var result = await connection.DeliverAsync(Transaction(Message, recipients: ["a@client.example", "b@client.example"]), null, null, default);

        Assert.Equal([new(550, "5.1.1", "a"), new(452, "4.2.2", "full")], result.Replies);
        Assert.Empty(receiver.Messages);
        Assert.True(connection.IsUsable);
        Assert.Contains("RSET", receiver.Commands);
    }

    [Theory]
    [InlineData("MAIL", "451 4.7.1 later", true)]
    [InlineData("DATA", "554 5.7.1 no", true)]
    [InlineData(".", "552 5.3.4 too large", true)]
    [InlineData("MAIL", "530 5.7.0 who are you", true)]
    [InlineData("MAIL", "421 4.3.2 closing", false)]
    public async Task Command_refused_is_the_reply_of_every_recipient(string verb, string reply, bool usable)
    {
        await using var receiver = new MailKitReceiver(command => command.StartsWith(verb, StringComparison.Ordinal) ? reply : null);
        await using var connection = await ConnectAsync(receiver);

        var result = await connection.DeliverAsync(Transaction(Message, recipients: ["a@client.example", "b@client.example"]), null, _ => Assert.Fail("accepted"), default);

        Assert.True(result.Attempted);
        Assert.Equal([reply, reply], result.Replies.Select(r => r.ToString()));
        Assert.Equal(usable, connection.IsUsable);
    }

    [Theory]
    [InlineData("DATA", MailKitReceiver.Closes)]
    [InlineData(".", MailKitReceiver.Closes)]
    [InlineData("DATA", "250 2.0.0 taken already")]
    public async Task Protocol_that_fails_is_no_reply_and_ends_the_connection(string verb, string reply)
    {
        await using var receiver = new MailKitReceiver(command => command == verb ? reply : null);
        await using var connection = await ConnectAsync(receiver);

        var result = await connection.DeliverAsync(Transaction(Message), null, _ => Assert.Fail("accepted"), default);

        Assert.True(result.Attempted);
        Assert.Equal(0, Assert.Single(result.Replies).Code);
        Assert.False(connection.IsUsable);
    }

    [Fact]
    public async Task Connection_closed_before_anything_was_answered_is_no_attempt_unless_it_is_new()
    {
        var mails = 0;
        await using var receiver = new MailKitReceiver(command => command.StartsWith("MAIL", StringComparison.Ordinal) && ++mails > 1 ? MailKitReceiver.Closes : null);
        await using var used = await ConnectAsync(receiver);
        await used.DeliverAsync(Transaction(Message), null, null, default);

        Assert.False((await used.DeliverAsync(Transaction(Message), null, null, default)).Attempted);
        Assert.False(used.IsUsable);

        await using var fresh = await ConnectAsync(receiver);
        Assert.True((await fresh.DeliverAsync(Transaction(Message), null, null, default)).Attempted);
    }

    [Fact]
    public async Task Receiver_that_lacks_an_extension_is_not_asked()
    {
        await using var receiver = new MailKitReceiver(command => command.StartsWith("EHLO", StringComparison.Ordinal) ? "250-receiver\r\n250 SIZE 100" : null);
        await using var connection = await ConnectAsync(receiver);

        Assert.Equal("5.6.3", (await connection.DeliverAsync(Transaction("A: b\r\n\r\n\u00e9\r\n", eightBit: true), null, null, default)).Replies[0].Enhanced);
        Assert.Equal("5.6.7", (await connection.DeliverAsync(Transaction("A: b\r\n\r\n", utf8: true), null, null, default)).Replies[0].Enhanced);
        Assert.Equal("5.3.4", (await connection.DeliverAsync(Transaction("A: b\r\n\r\n" + new string('x', 100) + "\r\n"), null, null, default)).Replies[0].Enhanced);
        Assert.Equal(["EHLO mail.example.net"], receiver.Commands);
        Assert.True(connection.IsUsable);
    }

    [Fact]
    public async Task Receiver_that_never_answers_the_final_dot_is_given_up_after_the_time_outs()
    {
        await using var receiver = new MailKitReceiver(command => command == "." ? MailKitReceiver.Hangs : null);
        await using var connection = await ConnectAsync(receiver);
        var delivering = connection.DeliverAsync(Transaction(Message), null, null, default).AsTask();
        await receiver.Hanging;

        _clock.Advance(TimeSpan.FromMinutes(24));
        Assert.False(delivering.IsCompleted);
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(new SmtpReply(0, "", "the connection was lost: timed out"), Assert.Single((await delivering).Replies));
        Assert.False(connection.IsUsable);
    }

    [Theory]
    [InlineData("", "554 5.7.1 not you", 554)]
    [InlineData("", MailKitReceiver.Closes, 0)]
    public async Task Connection_refused_says_why(string verb, string reply, int code)
    {
        await using var receiver = new MailKitReceiver(command => command == verb ? reply : null);

        var opened = await OpenAsync(receiver, TlsMode.None);

        Assert.Null(opened.Connection);
        Assert.Equal(code, opened.Failure!.Code);
    }

    [Fact]
    public async Task Tls_required_and_not_offered_is_a_refusal_of_our_own()
    {
        await using var receiver = new MailKitReceiver();

        Assert.Equal(new SmtpReply(0, "", "TLS is required and the receiver does not offer STARTTLS"), (await OpenAsync(receiver, TlsMode.Required)).Failure);
    }

    private ValueTask<OpenedConnection> OpenAsync(MailKitReceiver receiver, TlsMode tls) =>
        new MailKitTransport(SmtpTimeouts.Default, Hosts(), _clock).OpenAsync(new SiteRoute("site", "127.0.0.1", receiver.Port, tls), "0.0.0.0", "mail.example.net", null, default);

    /// <summary>Addresses need no resolver: this one knows no server.</summary>
    private HostWalk Hosts() => new(new DnsResolver(new() { Servers = [ScriptedDns.First] }, _clock, new ScriptedDns()), new() { OwnName = "mail.example.net" }, _clock);

    private async Task<IMailConnection> ConnectAsync(MailKitReceiver receiver)
    {
        var opened = await OpenAsync(receiver, TlsMode.None);
        Assert.Null(opened.Failure);
        return opened.Connection!;
    }

    private static MailTransaction Transaction(string message, bool eightBit = false, bool utf8 = false, IReadOnlyList<string>? recipients = null) => new()
    {
        ReturnPath = "b@bounces.example",
        Recipients = recipients ?? ["a@client.example"],
        Body = Encoding.Latin1.GetBytes(message),
        EightBit = eightBit,
        Utf8 = utf8,
    };
}
