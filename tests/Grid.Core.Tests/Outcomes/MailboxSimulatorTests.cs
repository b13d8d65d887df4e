using Grid.Core.Counters;
using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Outcomes;

public sealed class MailboxSimulatorTests
{
    [Theory]
    [InlineData("delivered", 0, 250, null)]
    [InlineData("DELIVERED+order-7", 0, 250, null)]
    [InlineData("bounce", 0, 550, null)]
    [InlineData("full", 0, 552, null)]
    [InlineData("blocked", 0, 550, null)]
    [InlineData("deferred", 0, 451, null)]
    [InlineData("deferred", 1, 250, null)]
    [InlineData("expires", 7, 451, null)]
    [InlineData("complaint", 0, 250, OutcomeKind.Complained)]
    [InlineData("unsubscribe", 0, 250, OutcomeKind.Unsubscribed)]
    [InlineData("nobody-i-know", 0, 550, null)]
    [InlineData("+bounce", 0, 550, null)]
    public void Answer_follows_from_the_mailbox(string mailbox, int attempts, int code, OutcomeKind? then)
    {
        var (reply, what) = MailboxSimulator.Answer(Envelope($"{mailbox}@simulator.grid.test") with { Attempts = attempts });

        Assert.Equal((code, then), (reply.Code, what));
    }

    [Fact]
    public void Answer_in_the_sandbox_is_a_delivery_wherever_the_mail_was_to_go() =>
        Assert.Equal(250, MailboxSimulator.Answer(Envelope("bounce@example.com") with { Pool = MailboxSimulator.Pool }).Reply.Code);

    [Theory]
    [InlineData("a@simulator.grid.test", "default", true)]
    [InlineData("a@example.com", "sandbox", true)]
    [InlineData("a@example.com", "default", false)]
    [InlineData("a@x.simulator.grid.test", "default", false)]
    [InlineData("a@simulator.grid.test.example", "default", false)]
    public void Has_takes_its_domain_and_its_pool_and_nothing_else(string address, string pool, bool taken) =>
        Assert.Equal(taken, MailboxSimulator.Has(Envelope(address) with { Pool = pool }));

    [Fact]
    public void Refusals_are_classified_as_their_mailboxes_say()
    {
        Assert.Equal((ReplyAbout.Recipient, true), Classified("bounce"));
        Assert.Equal((ReplyAbout.Recipient, false), Classified("full"));
        Assert.Equal((ReplyAbout.Ip, false), Classified("blocked"));
    }

    [Fact]
    public void Projection_of_what_was_simulated_is_nothing_for_every_kind() =>
        Assert.All(Enum.GetValues<OutcomeKind>(), kind =>
        {
            var record = new OutcomeRecord { At = DateTimeOffset.UnixEpoch, Kind = kind, Key = new(new(1), 0), Tenant = "acme", Address = "a@example.com", Domain = "example.com" };
            Assert.True(OutcomeProjection.Of(record with { Site = MailboxSimulator.Domain }).IsZero);
            Assert.True(OutcomeProjection.Of(record with { Domain = MailboxSimulator.Domain }).IsZero);
        });

    private static (ReplyAbout, bool) Classified(string mailbox)
    {
        var reply = MailboxSimulator.Answer(Envelope($"{mailbox}@simulator.grid.test")).Reply;
        var found = ReplyClassifier.Classify(reply.Code, reply.Enhanced, reply.Text);
        return (found.About, found.Hard);
    }

    private static Envelope Envelope(string address) => new()
    {
        Key = new(new(1), 0),
        Tenant = "acme",
        Address = address,
        Domain = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..],
        Pool = "default",
        AcceptedAt = DateTimeOffset.UnixEpoch,
        DueAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(5),
    };
}
