using System.Net;
using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;
using Grid.Host.Demo.Receivers;

namespace Grid.Host.Tests.Demo;

public sealed class ReplyBookTests
{
    [Fact]
    public void Load_has_a_dozen_replies_of_each_provider()
    {
        var books = ReplyBook.Load();

        Assert.Equal(["gmail", "outlook", "small", "yahoo"], books.Keys.Order());
        Assert.All(books.Values, book => Assert.Equal(12, Enum.GetValues<Situation>().Sum(situation => book.All(situation).Count)));
    }

    [Theory]
    [InlineData(nameof(Situation.Accepted), ReplyReason.None, false)]
    [InlineData(nameof(Situation.UnknownUser), ReplyReason.UnknownUser, true)]
    [InlineData(nameof(Situation.Disabled), ReplyReason.DisabledMailbox, false)]
    [InlineData(nameof(Situation.MailboxFull), ReplyReason.MailboxFull, false)]
    [InlineData(nameof(Situation.RateLimited), ReplyReason.RateLimited, false)]
    [InlineData(nameof(Situation.Greylisted), ReplyReason.Greylisted, false)]
    [InlineData(nameof(Situation.Deferred), ReplyReason.BlockedByReputation, false)]
    [InlineData(nameof(Situation.Blocked), ReplyReason.Listed, false)]
    public void Load_says_what_the_grid_understands(string situation, ReplyReason reason, bool hard)
    {
        var replies = ReplyBook.Load().Values.SelectMany(book => book.All(Enum.Parse<Situation>(situation))).ToList();

        Assert.NotEmpty(replies);
        Assert.All(replies, reply =>
        {
            var read = ReplyClassifier.Classify(reply.Code, reply.Enhanced, reply.Text);
            Assert.True((reason, hard) == (read.Reason, read.Hard), $"{reply} is read as {read}");
        });
    }

    [Fact]
    public void Next_of_two_gives_each_in_turn_and_addressed()
    {
        var book = ReplyBook.Parse("# words\nx unknown-user 550 5.1.1 <{address}> unknown\nx unknown-user 554 - not from {ip}\n")["x"];

        var first = book.Next(Situation.UnknownUser, IPAddress.Loopback, "a@b.example");
        var second = book.Next(Situation.UnknownUser, IPAddress.Loopback, "a@b.example");

        Assert.Equal(new(550, "5.1.1", "<a@b.example> unknown"), first);
        Assert.Equal(new(554, "", "not from 127.0.0.1"), second);
    }

    [Theory]
    [InlineData("x unknown-user 550")]
    [InlineData("x no-such 550 5.1.1 text")]
    [InlineData("x unknown-user 99 5.1.1 text")]
    public void Parse_of_a_wrong_line_names_it(string line) =>
        Assert.Contains("line 2", Assert.Throws<FormatException>(() => ReplyBook.Parse("# words\n" + line)).Message, StringComparison.Ordinal);
}
