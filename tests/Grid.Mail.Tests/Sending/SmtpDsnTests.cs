using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;
using Grid.Mail.Sending;
using static Grid.Mail.Tests.Sending.ClientScene;

namespace Grid.Mail.Tests.Sending;

/// <summary>What goes on to the next host of what a sender wants to hear, and which command a reply answers.</summary>
public sealed class SmtpDsnTests
{
    private static readonly DsnWishes Wishes = new(
        new("n@acme.example", "FULL", "QQ+2B1"),
        [new(0, DsnNotify.Success, "rfc822;Bob@x.example"), new(1, DsnNotify.None, null), new(2, null, null)]);

    [Fact]
    public async Task DeliverAsync_receiverWithDsn_getsWhatWasAsked()
    {
        var scene = await OpenAsync("""
            S: 220 mx.example ESMTP
            C: EHLO me.example
            S: 250-mx.example hello
            S: 250-PIPELINING
            S: 250 DSN
            C: MAIL FROM:<s@me.example> RET=FULL ENVID=QQ+2B1
            C: RCPT TO:<a@x> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;Bob@x.example
            C: RCPT TO:<b@x>
            C: RCPT TO:<c@x>
            C: DATA
            S: 250 ok
            S: 250 ok
            S: 250 ok
            S: 250 ok
            S: 354 go
            C: x
            C: .
            S: 250 ok

            """);
        Assert.True(scene.Connection.Extensions.Dsn);
        var result = await scene.Connection.DeliverAsync(Asking());
        Assert.Null(result.Answered);
        scene.Server.AssertPlayed();
    }

    [Fact]
    public async Task DeliverAsync_receiverWithoutDsn_getsNoneOfIt()
    {
        var scene = await OpenAsync(SlowOpening + """
            C: MAIL FROM:<s@me.example>
            S: 250 ok
            C: RCPT TO:<a@x>
            S: 250 ok
            C: RCPT TO:<b@x>
            S: 250 ok
            C: RCPT TO:<c@x>
            S: 250 ok
            C: DATA
            S: 354 go
            C: x
            C: .
            S: 250 ok

            """);
        await scene.Connection.DeliverAsync(Asking());
        scene.Server.AssertPlayed();
    }

    [Theory]
    [InlineData("550 no|250 ok|250 ok|250 ok|354 go|250 ok", AnsweredCommand.Mail, AnsweredCommand.Mail)]
    [InlineData("250 ok|550 no|250 ok|550 no|354 go|550 no", AnsweredCommand.Rcpt, AnsweredCommand.Data)]
    [InlineData("250 ok|550 no|250 ok|550 no|354 go|250 ok", AnsweredCommand.Rcpt, AnsweredCommand.Data)]
    [InlineData("250 ok|550 no|550 no|550 no|554 no", AnsweredCommand.Rcpt, AnsweredCommand.Rcpt)]
    [InlineData("250 ok|550 no|250 ok|250 ok|554 no", AnsweredCommand.Rcpt, AnsweredCommand.Data)]
    [InlineData("250 ok|550 no|421 off", AnsweredCommand.Rcpt, AnsweredCommand.Rcpt)]
    public async Task DeliverAsync_refusals_areOfTheirCommands(string replies, AnsweredCommand first, AnsweredCommand second)
    {
        string[] said = replies.Split('|');
        bool writes = said.Length > 5 && said[4].StartsWith("354", StringComparison.Ordinal);
        string envelope = string.Concat(said.Take(writes ? 5 : said.Length).Select(reply => $"S: {reply}\n"));
        bool isEmpty = said[0].StartsWith("550", StringComparison.Ordinal);
        var scene = await OpenAsync(
            Opening + "C: MAIL FROM:<s@me.example>\nC: RCPT TO:<a@x>\nC: RCPT TO:<b@x>\nC: RCPT TO:<c@x>\nC: DATA\n" + envelope + (writes ? (isEmpty ? "" : "C: x\n") + $"C: .\nS: {said[5]}\n" : ""));
        var result = await scene.Connection.DeliverAsync(Message("x\r\n", "a@x", "b@x", "c@x"));
        Assert.Equal((first, second), (result.Answered![0], result.Answered[1]));
    }

    private static SmtpTransaction Asking() => new("s@me.example", ["a@x", "b@x", "c@x"], "x\r\n"u8.ToArray()) { Dsn = Wishes };
}
