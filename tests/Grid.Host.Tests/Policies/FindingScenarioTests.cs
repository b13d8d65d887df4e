using Grid.Core.Enforcement.Policies;
using Grid.Host.Policies;

namespace Grid.Host.Tests.Policies;

/// <summary>Every clause of every built-in policy that refuses a message for what a check found: with each finding alone it does, without it doesn't.</summary>
public sealed class FindingScenarioTests
{
    /// <summary>Policy, id of the clause, the finding.</summary>
    public static TheoryData<string, string, string> Clauses { get; } = [.. All()];

    [Theory]
    [MemberData(nameof(Clauses))]
    public void Clause_holds_for_a_message_with_the_finding_only(string policy, string id, string finding)
    {
        var found = MessageJudge.Judge(BuiltInPolicies.Policy(policy)!, Facts([finding]));

        var one = Assert.Single(found.Findings, f => f.Clause.Id == id);
        Assert.True(one.Clause.Action == Consequence.Hold ? found.Hold is not null : one.Clause.Action == Consequence.Refuse && found.RefusesMessage);
        Assert.DoesNotContain(MessageJudge.Judge(BuiltInPolicies.Policy(policy)!, Facts(["report.suspicion"])).Findings, f => f.Clause.Id == id);
    }

    private static IEnumerable<TheoryDataRow<string, string, string>> All() =>
        from policy in BuiltInPolicies.All
        from clause in policy.Message
        from reported in Events(clause.When)
        select new TheoryDataRow<string, string, string>(policy.Name, clause.Id, reported);

    private static IEnumerable<string> Events(PolicyCondition condition) => condition switch
    {
        PolicyCondition.Event e => [e.Signal],
        PolicyCondition.Any any => any.Of.SelectMany(Events),
        _ => [],
    };

    // A transactional receipt that no declaration speaks against.
    private static MessageFacts Facts(IReadOnlyList<string> findings) => new()
    {
        Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Stream = "transactional",
        Purpose = "transactional",
        Recipients = [new("you@client.example", "client.example")],
        Findings = findings,
    };
}
