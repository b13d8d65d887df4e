using System.Net;
using System.Text.Json.Nodes;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Host.Policies;
using Grid.Host.Tests.Whole;
using Grid.Testing;
using static Grid.Host.Tests.Policies.ClauseScene;

namespace Grid.Host.Tests.Policies;

/// <summary>
/// Every clause of every built-in policy that changes a standing, over the real API and under its own policy: at its edge nothing follows, one
/// report, complaint, bounce or refusal more and what the clause says follows, as the tenant, the operator and the ledger then see it. Recipient
/// domains are everybody's: they are under the default policy.
/// </summary>
public sealed class ClauseScenarioTests(HostFixture host) : IClassFixture<HostFixture>
{
    /// <summary>Policy, kind of subject, index of the clause there, its id.</summary>
    public static TheoryData<string, SubjectKind, int, string> Clauses { get; } =
        [.. StandingScenarioTests.Clauses.Where(row => row.Data.Item2 != SubjectKind.Domain || row.Data.Item1 == "default")];

    private readonly ClauseScene _scene = new(host);

    [Theory]
    [MemberData(nameof(Clauses))]
    public async Task Clause_follows_its_report_or_figure_and_nothing_before(string policy, SubjectKind kind, int index, string id)
    {
        var clauses = BuiltInPolicies.Policy(policy)!.Clauses(kind);
        var clause = clauses[index];
        var name = $"{policy}-{id}-{index}".ToLowerInvariant();
        var (ip, pool) = ($"127.{10 + (int)kind}.{Array.IndexOf([.. BuiltInPolicies.All.Select(p => p.Name)], policy)}.{index + 1}", "p-" + name);
        var subject = kind switch { SubjectKind.Tenant => Subject.Tenant(name), SubjectKind.Ip => Subject.Ip(ip), _ => Subject.Domain(name + ".example") };
        var key = await _scene.TenantAsync(name, policy, pool);
        await _scene.IpAsync(ip, kind == SubjectKind.Ip ? policy : "default", pool);
        if (kind == SubjectKind.Tenant)
        {
            foreach (var other in clauses.Where(c => c.Id != id && IsRival(c, clause)).Select(c => c.Id).Distinct())
            {
                await _scene.WaiveAsync(name, other);
            }
        }

        var before = await ApproachAsync(name, subject, clause, ip);
        var (state, decisions) = await _scene.StandingAsync(subject);
        Assert.True((before, 0) == (state, decisions.Count(d => Text(d, "clause") == id)), $"{state}, {new JsonArray([.. decisions.Select(d => d.DeepClone())])}");

        await CrossAsync(name, key, subject, clause);
        (state, decisions) = await _scene.StandingAsync(subject);
        var decision = decisions.First(d => Text(d, "clause") == id);
        Assert.Equal((Action(policy, kind, clause), policy, 1), (Text(decision, "action"), Text(decision, "policy"), decision["policyVersion"]!.GetValue<int>()));
        Assert.Equal(StateAfter(policy, kind, clause), state);
        Assert.NotEmpty(decision["figures"]!.AsObject());
        Assert.Contains(clause.Words, Text(decision, "reason"), StringComparison.Ordinal);
        if (clause.Effects.HasFlag(ClauseEffects.Case))
        {
            Assert.Equal(subject.ToString(), Text((await _scene.GetAsync($"/v1/cases/{Text(decision, "case")}"))["case"] ?? throw new InvalidOperationException("no case"), "subject"));
        }

        if (kind == SubjectKind.Tenant)
        {
            await SeenByTheTenantAsync(name, key, id, state);
        }
    }

    /// <summary>Who is told of it, and what it may still do.</summary>
    private async Task SeenByTheTenantAsync(string tenant, string key, string clause, string state)
    {
        var post = await _scene.PostAsync(tenant, key);
        if (state == "terminated")
        {
            Assert.True(post.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, post.Text);
            return;
        }

        Assert.Equal(state == "suspended" ? HttpStatusCode.Forbidden : HttpStatusCode.Accepted, post.Status);
        if (state == "suspended")
        {
            Assert.Equal((state, clause), (Text(post.Json, "state"), Text(post.Json, "clause")));
        }

        var reputation = await _scene.GetAsync("/v1/reputation", key);
        Assert.Equal(state, Text(reputation, "state"));
        Assert.Contains(reputation["decisions"]!.AsArray(), d => Text(d!, "clause") == clause);
        Assert.Contains((await _scene.GetAsync("/v1/notices", key))["notices"]!.AsArray(), n => Text(n!, "clause") == clause);
    }

    /// <summary>Brings the subject as close to the clause as it goes; returns the state that it then has.</summary>
    private async Task<string> ApproachAsync(string tenant, Subject subject, EnforcementClause clause, string ip)
    {
        var (numerator, denominator) = ((int)clause.Threshold.Numerator, (int)clause.Threshold.Denominator);
        var terms = clause.Terms.ToList();
        switch (clause.Measure)
        {
            case ClauseMeasure.EventCount when terms.Count > 1:
                for (var i = 0; i < terms.Count - 1; i++)
                {
                    await _scene.ReportAsync(subject.ToString(), terms[i].Signal, $"{tenant}-{i}");
                }

                return "active";
            case ClauseMeasure.EventCount:
                for (var i = 0; i < numerator; i++)
                {
                    await _scene.ReportAsync(subject.ToString(), clause.Signal, $"{tenant}-{i}");
                }

                return "active";
            case ClauseMeasure.WarningCount or ClauseMeasure.SuspensionCount:
                var occasion = Occasion(tenant, clause);
                for (var i = 0; i < numerator; i++)
                {
                    await _scene.ReportAsync(subject.ToString(), occasion, $"{tenant}-{i}");
                    Assert.Equal(clause.Measure == ClauseMeasure.WarningCount ? "warned" : "suspended", (await _scene.StandingAsync(subject)).State);
                    await _scene.StateAsync($"tenants/{tenant}", "active");
                }

                return "active";
            default:
                var times = clause.Measure.IsCount() ? 1 : Math.Max(Ceiling(clause.MinDelivered, denominator), Ceiling(clause.MinEvents, numerator));
                var (volume, events) = clause.Measure.IsCount() ? (numerator + 20, numerator) : (times * denominator, times * numerator);
                var domain = subject.Kind == SubjectKind.Domain ? subject.Key : "there.example";
                ip = subject.Kind == SubjectKind.Ip ? ip : "192.0.2.77";

                // A domain's refusals count where they meet most of the IPs. A refusal is an attempt more: the share before it is below the limit, and above it after.
                await (clause.Measure switch
                {
                    ClauseMeasure.HardBounceRate => _scene.HistoryAsync(tenant, volume - events, bounces: events, domain: domain, ip: ip),
                    ClauseMeasure.BlockRate => _scene.HistoryAsync(tenant, volume - events, blocks: events, domain: domain, ip: ip, isEachIpRefused: subject.Kind == SubjectKind.Domain),
                    _ => _scene.HistoryAsync(tenant, volume, complaints: events, domain: domain, ip: ip, age: TimeSpan.FromDays(clause.Window == "30d" ? 2 : 0.01)),
                });
                await _scene.CountedAsync(
                    subject.Kind switch { SubjectKind.Tenant => $"/v1/tenants/{tenant}", SubjectKind.Ip => $"/v1/ips/{ip}", _ => $"/v1/domains/{subject.Key}" },
                    clause.Measure switch { ClauseMeasure.HardBounceRate => "hardBounces", ClauseMeasure.BlockRate => "softBounces", _ => "complaints" },
                    events);
                return "active";
        }
    }

    /// <summary>One more.</summary>
    private async Task CrossAsync(string tenant, string key, Subject subject, EnforcementClause clause)
    {
        switch (clause.Measure)
        {
            case ClauseMeasure.EventCount:
                await _scene.ReportAsync(subject.ToString(), clause.Terms.Last().Signal, tenant + "-last");
                break;
            case ClauseMeasure.WarningCount or ClauseMeasure.SuspensionCount:
                await _scene.ReportAsync(subject.ToString(), Occasion(tenant, clause), tenant + "-last");
                break;
            case ClauseMeasure.HardBounceRate:
                await _scene.BounceAsync();
                break;
            case ClauseMeasure.BlockRate:
                var domain = subject.Kind == SubjectKind.Domain ? subject.Key : "there.example";
                Assert.Equal(HttpStatusCode.Accepted, (await _scene.PostAsync(tenant, key, to: $"{Receiver.Blocked}@{domain}")).Status);
                await ActedAsync(subject, clause.Id);
                break;
            default:
                await _scene.ComplainAsync();
                break;
        }
    }

    // What a sender does comes in its own time.
    private Task ActedAsync(Subject subject, string clause) =>
        Until.Async(async () => (await _scene.StandingAsync(subject)).Decisions.Any(d => Text(d, "clause") == clause), $"{clause} acts on {subject}");

    /// <summary>A clause that the same report or figure could lead to in the other's place.</summary>
    private static bool IsRival(EnforcementClause other, EnforcementClause clause) => clause.Measure switch
    {
        ClauseMeasure.EventCount => other.Terms.Any(t => t.Measure == ClauseMeasure.EventCount && clause.Terms.Any(own => own.Signal == t.Signal)),
        ClauseMeasure.WarningCount or ClauseMeasure.SuspensionCount => false,
        _ => !other.Measure.IsRemembered(),
    };

    // A verdict that warns, or suspends, under the policy.
    private static string Occasion(string tenant, EnforcementClause clause)
    {
        var policy = BuiltInPolicies.Policy(tenant[..tenant.IndexOf('-')])!;
        var wanted = clause.Measure == ClauseMeasure.WarningCount ? ClauseAction.Warn : ClauseAction.Suspend;
        return policy.Tenant.First(c => c.Action == wanted && c.Also.Count == 0 && c.Signal.StartsWith("verdict.", StringComparison.Ordinal)).Signal;
    }

    private static string Action(string policy, SubjectKind kind, EnforcementClause clause) => clause.Action switch
    {
        ClauseAction.Record => "record",
        ClauseAction.Guide => "guide",
        ClauseAction.Warn => BuiltInPolicies.Policy(policy)!.Ladder.Guided && kind == SubjectKind.Tenant ? "guide" : "warn",
        ClauseAction.Limit => "limit",
        ClauseAction.Suspend => kind switch { SubjectKind.Tenant => "suspend", SubjectKind.Ip => "rest", _ => "pause" },
        _ => "terminate",
    };

    private static string StateAfter(string policy, SubjectKind kind, EnforcementClause clause) => Action(policy, kind, clause) switch
    {
        "warn" => "warned",
        "suspend" or "rest" or "pause" => "suspended",
        "terminate" => "terminated",
        _ => "active",
    };

    private static int Ceiling(long value, long by) => (int)((value + by - 1) / by);
}
