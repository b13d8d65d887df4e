using Grid.Core.Outcomes;
using Grid.Core.Vocabulary;

namespace Grid.Core.Tests.Outcomes;

public sealed class DsnRulesTests
{
    private const DsnNotify All = DsnNotify.Success | DsnNotify.Failure | DsnNotify.Delay;

    [Theory]
    [InlineData(OutcomeKind.Delivered, All, false, DsnAction.Relayed)]
    [InlineData(OutcomeKind.Delivered, All, true, null)]
    [InlineData(OutcomeKind.Delivered, DsnNotify.Failure | DsnNotify.Delay, false, null)]
    [InlineData(OutcomeKind.Bounced, DsnNotify.Failure, false, DsnAction.Failed)]
    [InlineData(OutcomeKind.Bounced, DsnNotify.Failure, true, DsnAction.Failed)]
    [InlineData(OutcomeKind.Expired, DsnNotify.Failure, true, DsnAction.Failed)]
    [InlineData(OutcomeKind.Suppressed, DsnNotify.Failure, false, DsnAction.Failed)]
    [InlineData(OutcomeKind.Bounced, DsnNotify.Success | DsnNotify.Delay, false, null)]
    [InlineData(OutcomeKind.Bounced, DsnNotify.None, false, null)]
    [InlineData(OutcomeKind.Delivered, DsnNotify.None, false, null)]
    [InlineData(OutcomeKind.Cancelled, All, false, null)]
    [InlineData(OutcomeKind.Deferred, All, false, null)]
    [InlineData(OutcomeKind.Complained, All, false, null)]
    [InlineData(OutcomeKind.Unsubscribed, All, false, null)]
    public void Of_tells_what_was_asked(OutcomeKind kind, DsnNotify asked, bool passedOn, DsnAction? expected) => Assert.Equal(
        expected,
        DsnRules.Of(asked, new() { At = default, Kind = kind, Key = default, Tenant = "acme", Address = "a@b.example", Domain = "b.example" }, passedOn));

    [Theory]
    [InlineData(null, null)]
    [InlineData(DsnNotify.None, null)]
    [InlineData(DsnNotify.Success, "SUCCESS,FAILURE")]
    [InlineData(DsnNotify.Delay, "FAILURE,DELAY")]
    [InlineData(DsnNotify.Failure, "FAILURE")]
    [InlineData(All, "SUCCESS,FAILURE,DELAY")]
    public void PassedOn_always_has_failures(DsnNotify? notify, string? expected) => Assert.Equal(expected, DsnRules.PassedOn(notify));

    [Theory]
    [InlineData("a@b.example", null, null)]
    [InlineData("a@b.example", "FULL", "QQ314159")]
    [InlineData("\"two words\"@b.example", null, "QQ")]
    public void Request_is_read_as_it_was_written(string path, string? ret, string? id) => Assert.Equal(new(path, ret, id), DsnRequest.Parse(new DsnRequest(path, ret, id).Text));
}
