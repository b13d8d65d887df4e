using Grid.Core.Vocabulary;
using Grid.Storage.Tests.Beds;

namespace Grid.Storage.Tests.Enforcement;

public abstract class LedgerTests<TBed> : StoreCompliance<TBed>
    where TBed : IStoreBed, new()
{
    [Fact]
    public async Task AppendAsync_a_decision_can_be_read_and_is_the_subjects_standing()
    {
        var store = await OpenAsync();
        var subject = Subject.Tenant("acme");
        Assert.Null(await store.Ledger.StandingAsync(subject));
        var decision = Decide("d1", subject, Standing.Active, Standing.Warned);
        await store.Ledger.AppendAsync(decision);

        Same(decision, Assert.Single(await store.Ledger.ReadAsync(subject, null, 10)));
        var standing = await store.Ledger.StandingAsync(subject);
        Assert.Equal((subject, Standing.Warned, Mail.Start), (standing!.Subject, standing.Standing, standing.Since));
        Same(decision, standing.LastDecision);
    }

    [Fact]
    public async Task AppendAsync_a_known_id_adds_nothing()
    {
        var store = await OpenAsync();
        var subject = Subject.Ip("192.0.2.1");
        await store.Ledger.AppendAsync(Decide("d1", subject, Standing.Active, Standing.Warned));
        await store.Ledger.AppendAsync(Decide("d2", subject, Standing.Warned, Standing.Suspended, minutes: 5));
        await store.Ledger.AppendAsync(Decide("d1", subject, Standing.Active, Standing.Terminated, minutes: 9));

        Assert.Equal(["d2", "d1"], (await store.Ledger.ReadAsync(subject, null, 10)).Select(decision => decision.Id));
        Assert.Equal(Standing.Suspended, (await store.Ledger.StandingAsync(subject))!.Standing);
    }

    [Fact]
    public async Task AppendAsync_a_decision_that_changes_no_standing_leaves_since()
    {
        var store = await OpenAsync();
        var subject = Subject.Domain("example.com");
        await store.Ledger.AppendAsync(Decide("d1", subject, Standing.Pending, Standing.Active));
        await store.Ledger.AppendAsync(Decide("d2", subject, Standing.Active, Standing.Active, minutes: 5));
        var standing = await store.Ledger.StandingAsync(subject);
        Assert.Equal((Mail.Start, "d2"), (standing!.Since, standing.LastDecision.Id));

        await store.Ledger.AppendAsync(Decide("d3", subject, Standing.Active, Standing.Warned, minutes: 6));
        Assert.Equal(Mail.Start.AddMinutes(6), (await store.Ledger.StandingAsync(subject))!.Since);
    }

    [Fact]
    public async Task ReadAsync_pages_newest_first_and_StandingsAsync_by_key()
    {
        var store = await OpenAsync();
        for (var n = 0; n < 5; n++)
        {
            await store.Ledger.AppendAsync(Decide($"d{n}", Subject.Tenant($"t{n % 3}"), Standing.Active, Standing.Warned, minutes: n));
        }

        var page = await store.Ledger.ReadAsync(null, null, 2);
        Assert.Equal(["d4", "d3"], page.Select(decision => decision.Id));
        Assert.Equal(["d2", "d1", "d0"], (await store.Ledger.ReadAsync(null, "d3", 10)).Select(decision => decision.Id));
        Assert.Equal(["d0"], (await store.Ledger.ReadAsync(Subject.Tenant("t0"), "d3", 10)).Select(decision => decision.Id));
        Assert.Empty(await store.Ledger.ReadAsync(null, "unknown", 10));
        Assert.Empty(await store.Ledger.ReadAsync(Subject.Site("t0"), null, 10));
        Assert.Equal(["t1"], (await store.Ledger.StandingsAsync(SubjectKind.Tenant, "t0", 1)).Select(standing => standing.Subject.Key));
        Assert.Equal(["t0", "t1", "t2"], (await store.Ledger.StandingsAsync(SubjectKind.Tenant, "", 10)).Select(standing => standing.Subject.Key));
    }

    [Fact]
    public async Task AppendAsync_what_is_no_transition_leaves_the_standing()
    {
        var store = await OpenAsync();
        var subject = Subject.Tenant("acme");
        await store.Ledger.AppendAsync(Decide("d1", subject, Standing.Active, Standing.Warned));
        await store.Ledger.AppendAsync(Decide("d2", subject, Standing.Warned, Standing.Suspended, minutes: 1) with { Kind = DecisionKind.Shadow });
        await store.Ledger.AppendAsync(Decide("d3", Subject.Tenant("other"), Standing.Active, Standing.Active) with { Kind = DecisionKind.Act });

        var standing = (await store.Ledger.StandingAsync(subject))!;
        Assert.Equal((Standing.Warned, "d1"), (standing.Standing, standing.LastDecision.Id));
        Assert.Null(await store.Ledger.StandingAsync(Subject.Tenant("other")));
        Assert.Equal(["d3", "d2", "d1"], (await store.Ledger.ReadAsync(null, null, 10)).Select(decision => decision.Id));
    }

    [Fact]
    public async Task FindAsync_finds_an_entry_and_its_place()
    {
        var store = await OpenAsync();
        await store.Ledger.AppendAsync(Decide("d1", Subject.Tenant("acme"), Standing.Active, Standing.Warned));
        var decision = Decide("d2", Subject.Tenant("acme"), Standing.Warned, Standing.Suspended) with
        {
            PolicyHash = new('a', 64),
            WindowFrom = Mail.Start.AddDays(-7),
            WindowTo = Mail.Start,
            ConditionBefore = "guided",
            ConditionAfter = "investigating",
            Evidence = "a report",
        };
        await store.Ledger.AppendAsync(decision);
        var first = await store.Ledger.FindAsync("d1");
        var second = await store.Ledger.FindAsync("d2");

        Same(decision, second!.Decision);
        Assert.Equal((1, new string('0', 64)), (first!.Link, first.Previous));
        Assert.Equal((2, first.Hash), (second.Link, second.Previous));
        Assert.Null(await store.Ledger.FindAsync("d3"));
        Assert.Equal(["d1", "d2"], (await store.Ledger.ReadForwardAsync(0, 10)).Select(entry => entry.Decision.Id));
        Assert.Equal(["d2"], (await store.Ledger.ReadForwardAsync(1, 10)).Select(entry => entry.Decision.Id));
    }

    internal static Decision Decide(string id, Subject subject, Standing from, Standing to, int minutes = 0) => new()
    {
        Id = id,
        At = Mail.Start.AddMinutes(minutes),
        Subject = subject,
        From = from,
        To = to,
        Action = "warn",
        Policy = "default",
        PolicyVersion = 3,
        Clause = "complaint-cutoff",
        Figures = [new("rate", 0.0011m), new("window", 86400, "s")],
        By = "grid",
        Reason = "complaints",
        CureDue = Mail.Start.AddDays(3),
    };

    private static void Same(Decision expected, Decision actual)
    {
        Assert.Equal(expected.Figures, actual.Figures);
        Assert.Equal(expected, actual with { Figures = expected.Figures });
    }
}
