using Grid.Core.Vocabulary;
using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Tests.Api;

public sealed class MessageHistoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MessageId Id = MessageId.Compose(Now, 0, 1);

    [Theory]
    [InlineData("delivered", OutcomeKind.Delivered)]
    [InlineData("delivered", OutcomeKind.Delivered, OutcomeKind.Unsubscribed)]
    [InlineData("complained", OutcomeKind.Delivered, OutcomeKind.Complained, OutcomeKind.Unsubscribed)]
    [InlineData("bounced", OutcomeKind.Deferred, OutcomeKind.Bounced)]
    [InlineData("bounced", OutcomeKind.Delivered, OutcomeKind.Bounced)]
    [InlineData("expired", OutcomeKind.Deferred, OutcomeKind.Expired)]
    [InlineData("suppressed", OutcomeKind.Suppressed)]
    [InlineData("cancelled", OutcomeKind.Cancelled)]
    public void Show_a_recipient_without_an_envelope_has_the_state_of_its_last_outcome(string state, params OutcomeKind[] kinds) =>
        Assert.Equal(state, MessageHistory.Show(Message([], [.. kinds.Select(kind => Record(0, kind))])).Recipients.Single().State);

    [Fact]
    public void Show_a_queued_recipient_tells_its_attempts_and_when_it_goes_again()
    {
        var body = MessageHistory.Show(Message([Envelope(0, 0), Envelope(1, 2)], [Record(1, OutcomeKind.Deferred, 1), Record(1, OutcomeKind.Deferred, 2)]));

        Assert.Equal(("queued", 0, (DateTimeOffset?)Now), (body.Recipients[0].State, body.Recipients[0].Attempts, body.Recipients[0].NextAttempt));
        Assert.Equal(("deferred", 2, 451), (body.Recipients[1].State, body.Recipients[1].Attempts, body.Recipients[1].LastReply?.Code));
        Assert.Equal(2, body.Recipients[1].Events.Count);
    }

    [Theory]
    [InlineData("campaign/spring", "held", "held", false)]
    [InlineData("stream/bulk", "held", "held", false)]
    [InlineData("tenant", "queued", "deferred", true)]
    public void Show_what_a_suspension_keeps_is_held_where_other_mail_of_its_tenant_goes(string scope, string first, string second, bool goesAgain)
    {
        var hold = new MessageHoldBody(scope, "operator", "as the test has it", Now);
        var body = MessageHistory.Show(Message([Envelope(0, 0), Envelope(1, 2)], [Record(2, OutcomeKind.Delivered)]), hold: hold);

        Assert.Equal([first, second, "delivered"], body.Recipients.Select(recipient => recipient.State));
        Assert.Equal((first, hold), (body.State, body.Hold));
        Assert.Equal([goesAgain, goesAgain, false], body.Recipients.Select(recipient => recipient.NextAttempt is not null));
    }

    [Theory]
    [InlineData("queued", OutcomeKind.Delivered, true)]
    [InlineData("complained", OutcomeKind.Complained, false)]
    [InlineData("bounced", OutcomeKind.Bounced, false)]
    public void Show_a_message_is_what_its_least_finished_or_worst_recipient_is(string state, OutcomeKind other, bool live) =>
        Assert.Equal(state, MessageHistory.Show(Message(live ? [Envelope(2, 0)] : [], [Record(0, OutcomeKind.Delivered), Record(1, other)])).State);

    [Fact]
    public void Show_what_the_tenant_said_is_shown_again()
    {
        var body = MessageHistory.Show(Message([Envelope(0, 0)], []) with { Details = """{"from":"a@b.example","subject":"s","metadata":{"k":1}}""" });

        Assert.Equal(("a@b.example", "s", 1), (body.From, body.Subject, body.Metadata?.GetProperty("k").GetInt32()));
    }

    private static StoredMessage Message(IReadOnlyList<Envelope> live, IReadOnlyList<OutcomeRecord> history) =>
        new(Id, "acme", Now, MailStream.Bulk, null, null, 3, live, history);

    private static Envelope Envelope(int recipient, int attempts) => new()
    {
        Key = new(Id, recipient),
        Tenant = "acme",
        Address = $"{recipient}@x.example",
        Domain = "x.example",
        Pool = "default",
        Attempts = attempts,
        AcceptedAt = Now,
        DueAt = Now,
        ExpiresAt = Now,
    };

    private static OutcomeRecord Record(int recipient, OutcomeKind kind, int attempt = 1) => new()
    {
        At = Now,
        Kind = kind,
        Key = new(Id, recipient),
        Tenant = "acme",
        Address = $"{recipient}@x.example",
        Domain = "x.example",
        Attempt = attempt,
        Reply = kind == OutcomeKind.Deferred ? new(451, "4.3.0", "later") : null,
    };
}
