using Grid.Contracts.Counters;
using Grid.Contracts.Enforcement;
using Grid.Core.Counters;
using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Grains.Tests.Beds;
using Grid.Testing;

namespace Grid.Grains.Tests.Enforcement;

/// <summary>That looking back under a draft says exactly what the grains decide where the draft was pushed beforehand.</summary>
public sealed class PolicyReplayTests
{
    private const int Histories = 50;
    private const int Outcomes = 120;

    /// <summary>Low floors and short periods, so that short histories climb the whole ladder.</summary>
    private static readonly EnforcementPolicy Draft = EnforcementPolicy.Default with
    {
        Tenant =
        [
            Clause("cutoff", ClauseMeasure.ComplaintRate, "24h", new(15, 100), 20, 3, ClauseAction.Suspend),
            Clause("bounces", ClauseMeasure.HardBounceRate, "1h", new(40, 100), 10, 4, ClauseAction.Limit),
            Clause("warning", ClauseMeasure.ComplaintRate, "7d", new(6, 100), 15, 2, ClauseAction.Warn),
            Clause("guidance", ClauseMeasure.HardBounceRate, "24h", new(20, 100), 10, 2, ClauseAction.Guide),
        ],
        Ip = [Clause("rest", ClauseMeasure.BlockRate, "1h", new(20, 100), 10, 2, ClauseAction.Suspend) with { Cure = TimeSpan.FromHours(2), CureMax = TimeSpan.FromHours(8) }],
        Domain = [Clause("pause", ClauseMeasure.BlockRate, "1h", new(30, 100), 8, 2, ClauseAction.Suspend) with { Cure = TimeSpan.FromHours(1) }],
        SuspensionsToTerminate = 2,
        Ladder = new() { Guided = true, GuideFor = TimeSpan.FromHours(6), WarnFor = TimeSpan.FromHours(12), LimitFor = TimeSpan.FromHours(3), LimitedBeforeSuspended = true },
    };

    [Fact]
    public async Task Next_fifty_random_histories_end_as_they_do_where_the_draft_was_pushed_beforehand()
    {
        await using var bed = await GridBed.StartAsync(new() { Policy = Draft });
        var actions = new HashSet<string>();
        for (var history = 0; history < Histories; history++)
        {
            var random = new Random(history);
            var replayed = new List<ReplayedChange>();
            var replay = new PolicyReplay(Draft, _ => true, _ => null, bed.Now, replayed.Add);
            var subjects = (Tenant: $"t{history}", Ip: $"192.0.2.{history}", Domain: $"d{history}.example");
            await bed.TenantGrain(subjects.Tenant).View();
            for (var position = 1; position <= Outcomes; position++)
            {
                await PassAsync(bed, subjects, bed.Now + Step(random));
                var record = Outcome(random, subjects, position, bed.Now);
                replay.Next(record);
                await ApplyAsync(bed, record);
                await OperateAsync(bed, replay, random, subjects.Tenant);
            }

            var decided = await DecidedAsync(bed, subjects);
            Assert.Equal(replayed.OrderBy(c => c.At).Select(Shown), decided.Select(Shown));
            actions.UnionWith(replayed.Select(change => change.Action));
        }

        Assert.Superset(new HashSet<string> { "guide", "warn", "limit", "suspend", "terminate", "rest", "resume", "pause", "cure" }, actions);
    }

    [Fact]
    public void Next_what_happened_before_the_stretch_is_counted_and_judged_when_it_begins()
    {
        var changes = new List<ReplayedChange>();
        var from = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        var replay = new PolicyReplay(EnforcementPolicy.Default, _ => true, _ => null, from, changes.Add);
        foreach (var record in Enumerable.Range(0, 1000).Select(n => Delivered(from.AddHours(-1))).Concat(Enumerable.Range(0, 5).Select(n => Complained(from.AddMinutes(-1)))))
        {
            replay.Next(record);
        }

        Assert.Empty(changes);
        replay.End(from.AddDays(1));
        var change = Assert.Single(changes, change => change.Subject.Kind == SubjectKind.Tenant);
        Assert.Equal((Subject.Tenant("acme"), from, Standing.Active, Standing.Suspended, "complaint-cutoff"), (change.Subject, change.At, change.From, change.To, change.Clause));
        Assert.Equal(1005, replay.Outcomes);
    }

    [Fact]
    public void Next_a_subject_goes_on_from_where_the_ledger_has_it_and_others_are_left_alone()
    {
        var changes = new List<ReplayedChange>();
        var from = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        var suspended = new StandingState { Standing = Standing.Suspended, Since = from, WindowsFrom = from };
        var replay = new PolicyReplay(EnforcementPolicy.Default, s => s.Key != "other", s => s.Key == "acme" ? suspended : null, from, changes.Add);
        foreach (var tenant in (string[])["acme", "other", "third"])
        {
            foreach (var record in Enumerable.Repeat(Delivered(from), 1000).Concat(Enumerable.Repeat(Complained(from), 5)))
            {
                replay.Next(record with { Tenant = tenant });
            }
        }

        Assert.Equal([Subject.Tenant("third")], changes.Where(c => c.Subject.Kind == SubjectKind.Tenant).Select(c => c.Subject));
    }

    [Fact]
    public void Next_days_of_which_only_sums_are_left_are_judged_by_them()
    {
        var changes = new List<ReplayedChange>();
        var day = new DateOnly(2026, 1, 2);
        var replay = new PolicyReplay(EnforcementPolicy.Default, _ => true, _ => null, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), changes.Add);
        replay.Next(new OutcomeDay(day, "acme", "192.0.2.1", "example.com", Records.Delivered(10_000)));
        replay.Next(new OutcomeDay(day, "acme", "192.0.2.1", "example.com", Records.Complaints(10)));
        replay.Next(new OutcomeDay(day.AddDays(1), "acme", "192.0.2.1", "example.com", Records.Complaints(1)));
        Assert.Equal([(Standing.Warned, 2), (Standing.Suspended, 3)], changes.Where(c => c.Subject.Kind == SubjectKind.Tenant).Select(c => (c.To, c.At.Day)));
    }

    private static EnforcementClause Clause(string id, ClauseMeasure measure, string window, Ratio threshold, long volume, long events, ClauseAction action) =>
        new(id, measure, window, threshold, volume, events, action, null, id, "");

    // Mostly minutes, sometimes so long that whole periods end in between.
    private static TimeSpan Step(Random random) => random.Next(20) switch
    {
        0 => TimeSpan.FromHours(random.Next(1, 30)),
        < 4 => TimeSpan.FromMinutes(random.Next(5, 90)),
        _ => TimeSpan.FromMilliseconds(random.Next(1, 240_000)),
    };

    private static OutcomeRecord Outcome(Random random, (string Tenant, string Ip, string Domain) subjects, int position, DateTimeOffset now)
    {
        var record = new OutcomeRecord
        {
            Position = position,
            At = now,
            Kind = OutcomeKind.Delivered,
            Key = default,
            Tenant = subjects.Tenant,
            Address = "",
            Domain = subjects.Domain,
            Ip = subjects.Ip,
            Site = "mx." + subjects.Domain,
        };
        return random.Next(100) switch
        {
            < 62 => record,
            < 72 => record with { Kind = OutcomeKind.Bounced, Hard = true },
            < 78 => record with { Kind = OutcomeKind.Bounced, Hard = true, DeliveredAt = now.AddMinutes(-random.Next(0, 300)) },
            < 88 => record with { Kind = OutcomeKind.Complained },
            < 97 => record with { Kind = OutcomeKind.Deferred, About = ReplyAbout.Ip, Reason = ReplyReason.BlockedByReputation },
            _ => record with { Kind = OutcomeKind.Unsubscribed },
        };
    }

    private static async Task ApplyAsync(GridBed bed, OutcomeRecord record)
    {
        var entries = new List<CounterEntry> { new(record.Position, record.At, OutcomeProjection.Of(record)) };
        if (record.DeliveredAt is { } at && OutcomeProjection.TakenBack(record) is { } taken)
        {
            entries.Add(new(record.Position, at, taken));
        }

        // One entry of a position counts; a bounce that takes a delivery back is one entry with two parts, as the projector sends it.
        var batch = new CounterBatch(GridBed.Node, 0, entries);
        await bed.TenantGrain(record.Tenant).Apply(batch);
        await bed.DomainGrain(record.Domain).Apply(batch);
        await bed.IpGrain(record.Ip).Apply(batch);
    }

    // Now and then an operator lets a suspended tenant return, then and in looking back.
    private static async Task OperateAsync(GridBed bed, PolicyReplay replay, Random random, string tenant)
    {
        if (random.Next(12) == 0 && (await bed.TenantGrain(tenant).View()).Standing == Standing.Suspended)
        {
            bed.Clock.Advance(TimeSpan.FromSeconds(1));
            await bed.TenantGrain(tenant).SetStanding(Standing.Active, "a second chance");
            replay.Next((await bed.TenantGrain(tenant).View()).LastDecision!);
        }
    }

    // Reminders are seen to at their instant, as where time doesn't jump.
    private static async Task PassAsync(GridBed bed, (string Tenant, string Ip, string Domain) subjects, DateTimeOffset target)
    {
        IAccountGrain[] accounts = [bed.TenantGrain(subjects.Tenant), bed.IpGrain(subjects.Ip), bed.DomainGrain(subjects.Domain)];
        while (true)
        {
            var dues = new List<(DateTimeOffset Due, IAccountGrain Account)>();
            foreach (var account in accounts)
            {
                if ((await account.View()).CureDue is { } due && due.AddMilliseconds(1) <= target)
                {
                    dues.Add((due, account));
                }
            }

            if (dues.Count == 0)
            {
                bed.Clock.Advance(target - bed.Now);
                return;
            }

            var (first, next) = dues.MinBy(d => d.Due);
            bed.Clock.Advance(first.AddMilliseconds(1) - bed.Now);

            // A reminder that is set while the clock moves is due already, and seen when the clock next moves, be it by nothing.
            await Until.Async(() => next.View().AsTask().GetAwaiter().GetResult().CureDue != first, "what was due is seen to", () => bed.Clock.Advance(TimeSpan.Zero));
        }
    }

    private static async Task<List<Decision>> DecidedAsync(GridBed bed, (string Tenant, string Ip, string Domain) subjects)
    {
        var decided = new List<Decision>();
        foreach (var subject in (Subject[])[Subject.Tenant(subjects.Tenant), Subject.Ip(subjects.Ip), Subject.Domain(subjects.Domain)])
        {
            decided.AddRange(await bed.Get<ILedger>().ReadAsync(subject, null, 1000));
        }

        return [.. decided.Where(d => d is { Kind: DecisionKind.Transition, By: "grid" }).OrderBy(d => d.At)];
    }

    private static string Shown(ReplayedChange c) => $"{c.At:O} {c.Subject} {c.From}→{c.To} {c.Action} {c.Clause} {string.Join(' ', c.Figures)}";

    // Whose mail it was that led to a decision about an IP is for what follows from it in others.
    private static string Shown(Decision d) =>
        $"{d.At:O} {d.Subject} {d.From}→{d.To} {d.Action} {d.Clause} {string.Join(' ', d.Figures.Where(f => f.Name != "tenants" && !f.Name.StartsWith("share.", StringComparison.Ordinal)))}";

    private static OutcomeRecord Delivered(DateTimeOffset at) => new() { At = at, Kind = OutcomeKind.Delivered, Key = default, Tenant = "acme", Address = "", Domain = "example.com", Site = "mx", Ip = "192.0.2.1" };

    private static OutcomeRecord Complained(DateTimeOffset at) => Delivered(at) with { Kind = OutcomeKind.Complained };
}
