using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement.Policies;

/// <summary>Checks one written clause against catalogue and policy, and makes what is enforced of it.</summary>
internal sealed class ClauseCompiler(EnforcementPolicy policy, PolicyClause clause, PolicyFaults faults)
{
    private string Path => "clauses/" + clause.Id;

    private List<Consequence> Kinds { get; } = [.. clause.Then.Select(t => t.Kind)];

    /// <summary>Adds what it becomes: clauses that are judged with each message, with a standing's changes, or both.</summary>
    public void Compile(List<(SubjectKind Kind, EnforcementClause Clause)> standing, List<MessageClause> message)
    {
        if (Conditions.Depth(clause.When) > PolicyBounds.MaxDepth)
        {
            faults.Add(Path + "/when", $"all and any can stand within each other to a depth of {PolicyBounds.MaxDepth}");
            return;
        }

        var checker = new ConditionChecker(policy, clause.Subject, faults);
        checker.Check(clause.When, Path + "/when");
        CheckConsequences();
        if (faults.Any)
        {
            return;
        }

        var hasFacts = Conditions.Leaves(clause.When).Any(c => c is PolicyCondition.Fact);
        if (clause.Subject.IsJudgedAtIntake() && (hasFacts || Kinds.Any(k => k is Consequence.Refuse or Consequence.Hold or Consequence.Suppress)))
        {
            message.Add(new(clause.Id, clause.Subject, checker.Resolve(clause.When), Kinds.Where(k => k <= Consequence.Refuse && k is not (Consequence.Notify or Consequence.Case)).DefaultIfEmpty(Consequence.Record).Max(), clause.Words, clause.Remedy));
        }

        if (!hasFacts)
        {
            AddStanding(standing);
        }
    }

    private void AddStanding(List<(SubjectKind Kind, EnforcementClause Clause)> standing)
    {
        if (Conditions.Alternatives(clause.When) is not { } alternatives)
        {
            faults.Add(Path + "/when", $"any leads to more than {PolicyBounds.MaxAlternatives} alternatives; write several clauses");
            return;
        }

        var rung = clause.Then.FirstOrDefault(t => t.Kind >= Consequence.Guide);
        var effects = (Kinds.Contains(Consequence.Notify) ? ClauseEffects.Notify : 0) | (Kinds.Contains(Consequence.Case) ? ClauseEffects.Case : 0);
        foreach (var leaves in alternatives)
        {
            // What is counted from the log leads: it is what a tenant can see coming.
            var terms = leaves.Select(Term).OrderBy(t => t.Measure.IsRemembered()).ToList();
            standing.Add((clause.Subject.StandingOf(), new(
                clause.Id,
                terms[0].Measure,
                terms[0].Window,
                terms[0].Threshold,
                terms[0].MinVolume,
                terms[0].MinEvents,
                rung is null ? ClauseAction.Record : (ClauseAction)(1 + rung.Kind - Consequence.Guide),
                rung?.For,
                clause.Words,
                clause.Remedy)
            {
                CureMax = rung?.AtMost,
                Signal = terms[0].Signal,
                Over = terms[0].Over,
                Also = terms.Count == 1 ? [] : terms[1..],
                Effects = effects,
                Source = clause.Source,
                Part = clause.Subject is PolicySubject.Stream or PolicySubject.Campaign ? clause.Subject : null,
            }));
        }
    }

    private EnforcementTerm Term(PolicyCondition leaf) => leaf switch
    {
        PolicyCondition.Rate rate => new(Signals.Find(rate.Signal)!.Rate!.Value, "", PolicyWindows.Name(rate.Over), TimeSpan.Zero, rate.Above, rate.MinVolume, rate.MinEvents),
        PolicyCondition.Count count when Signals.Find(count.Signal)!.Kind == SignalKind.Counter =>
            new(Signals.Find(count.Signal)!.Count!.Value, "", PolicyWindows.Name(count.Over), TimeSpan.Zero, new(count.Above, 1), 0, 0),
        PolicyCondition.Count count => new(Signals.Find(count.Signal)!.Count!.Value, Signals.IsReported(count.Signal) ? count.Signal : "", "", count.Over, new(count.Above, 1), 0, 0),
        PolicyCondition.Event e => new(ClauseMeasure.EventCount, e.Signal, "", policy.RepeatWindow, new(0, 1), 0, 0),
        _ => throw new InvalidOperationException($"{leaf.GetType().Name} is no term"),
    };

    private void CheckConsequences()
    {
        if (clause.Then.Count(t => t.Kind >= Consequence.Guide) > 1)
        {
            Fault("only one of guide, warn, limit, suspend and terminate can follow");
        }

        if (Kinds.Count == 0 || Kinds.Distinct().Count() < Kinds.Count)
        {
            Fault("at least one consequence must follow, each once");
        }

        var onFacts = Conditions.Leaves(clause.When).Any(c => c is PolicyCondition.Fact);
        foreach (var then in clause.Then)
        {
            var fault = then.Kind switch
            {
                Consequence.Refuse or Consequence.Hold or Consequence.Suppress when !clause.Subject.IsJudgedAtIntake() => "follows only for a message, recipient, list, stream or campaign",
                Consequence.Refuse or Consequence.Hold or Consequence.Suppress or Consequence.Record when !then.For.HasValue => null,
                Consequence.Guide when !policy.Ladder.Guided => "needs ladder.guided to be true",
                Consequence.Warn when !policy.Ladder.Warned && clause.Subject.StandingOf() == SubjectKind.Tenant => "needs ladder.warned to be true",
                Consequence.Terminate when clause.Subject == PolicySubject.Domain => "can't follow for a recipient domain: its mail would be cancelled for ever",
                Consequence.Terminate or <= Consequence.Refuse when then.For.HasValue => "has no time; guide, warn, limit and suspend have",
                _ when then.AtMost is not null && (then.Kind != Consequence.Suspend || then.For is null || then.AtMost < then.For) => "has atMost only for suspend, with a for that is not longer",
                >= Consequence.Guide or Consequence.Notify or Consequence.Case when onFacts => "doesn't follow from a declaration: the message is refused, held or suppressed, or it is recorded",
                _ => null,
            };
            if (fault is not null)
            {
                Fault($"{then.Kind.ToString().ToLowerInvariant()} {fault}");
            }
        }
    }

    private void Fault(string message) => faults.Add(Path + "/then", message);
}
