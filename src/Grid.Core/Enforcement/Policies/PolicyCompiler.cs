using Grid.Core.Counters;
using Grid.Core.Queue;
using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement.Policies;

/// <summary>
/// What: makes of a written policy, on top of the ones that it extends, what grains run. In: the document, a way to find others by name,
/// a version. Out: a <see cref="Compilation"/>. Guarantees: a pure function; all mistakes are listed at once; what it lets through names
/// only signals of the catalogue, windows that the policy has and rungs that its ladder has, and is within <see cref="PolicyBounds"/>.
/// Fails: with <see cref="Compilation.Refused"/>; an ancestor that is unknown, or the policy itself, is a fault.
/// </summary>
public static class PolicyCompiler
{
    /// <summary>What a policy that extends none begins from.</summary>
    private static readonly EnforcementPolicy Blank = new("", 0, [], [], [], TimeSpan.FromDays(90), 0, RetrySchedule.Default, false);

    /// <summary>Compiles; <paramref name="find"/> gives other policies' documents, null for one that there isn't.</summary>
    public static Compilation Compile(PolicyDocument document, Func<string, PolicyDocument?> find, int version)
    {
        var faults = new PolicyFaults();
        var line = Ancestry(document, find, faults);
        var merged = PolicyMerge.Of(line, faults);
        var policy = Blank;
        foreach (var (name, value) in line.SelectMany(d => d.Parameters))
        {
            policy = PolicyParameters.Find(name) is { } parameter ? parameter.Set(policy, value) : policy;
        }

        policy = policy with
        {
            Name = document.Name,
            Version = version,
            Words = document.Words,
            Effective = document.Effective,
            Extends = document.Extends,
            Windows = line.Select(d => d.Windows).LastOrDefault(w => w is not null) is { } windows ? PolicyWindows.Of(windows, faults) : WindowSpec.Default,
            Written = merged.Clauses,
            Notes = merged.Notes,
        };
        CheckParameters(policy, faults);
        var standing = new List<(SubjectKind Kind, EnforcementClause Clause)>();
        var message = new List<MessageClause>();
        foreach (var clause in merged.Clauses)
        {
            new ClauseCompiler(policy, clause, faults).Compile(standing, message);
        }

        if (faults.Any)
        {
            return new Compilation.Refused(faults.All);
        }

        return new Compilation.Done(policy with
        {
            Tenant = Ordered(standing, SubjectKind.Tenant),
            Ip = Ordered(standing, SubjectKind.Ip),
            Domain = Ordered(standing, SubjectKind.Domain),
            Message = message,
            FactsUsed = message.SelectMany(c => Conditions.Leaves(c.When)).OfType<PolicyCondition.Fact>().Select(f => f.Signal).ToHashSet(StringComparer.Ordinal),
        });
    }

    // The oldest first.
    private static List<PolicyDocument> Ancestry(PolicyDocument document, Func<string, PolicyDocument?> find, PolicyFaults faults)
    {
        var line = new List<PolicyDocument> { document };
        for (var youngest = document; youngest.Extends is { } parent;)
        {
            if (parent == document.Name || line.Exists(d => d.Name == parent))
            {
                faults.Add("extends", $"the policy would extend itself: {string.Join(" → ", line.Select(d => d.Name).Append(parent))}");
                break;
            }

            if (find(parent) is not { } found)
            {
                faults.Add("extends", youngest == document ? $"there is no policy \"{parent}\"" : $"there is no policy \"{parent}\", which {youngest.Name} extends");
                break;
            }

            line.Add(found);
            youngest = found;
            if (line.Count > PolicyBounds.MaxAncestors)
            {
                faults.Add("extends", $"at most {PolicyBounds.MaxAncestors} policies extend each other in a row");
                break;
            }
        }

        line.Reverse();
        return line;
    }

    private static void CheckParameters(EnforcementPolicy policy, PolicyFaults faults)
    {
        if (policy.Retry.Cap < policy.Retry.First)
        {
            faults.Add("parameters/retry/cap", "must be at least retry.first");
        }

        if (policy.Retry.MaxAge < policy.Retry.First)
        {
            faults.Add("parameters/retry/maxAge", "must be at least retry.first");
        }

        if (policy.Suppression.HardBounces > SuppressionRules.MaxHardBounces)
        {
            faults.Add("parameters/suppression/hardBounces", $"must be at most {SuppressionRules.MaxHardBounces} bounces");
        }

        if (policy.SuspensionsToTerminate > StandingState.MaxSuspensions)
        {
            faults.Add("parameters/suspensionsToTerminate", $"must be at most {StandingState.MaxSuspensions} suspensions, as many as are remembered");
        }
    }

    private static EnforcementClause[] Ordered(List<(SubjectKind Kind, EnforcementClause Clause)> all, SubjectKind kind) =>
        [.. all.Where(c => c.Kind == kind).Select(c => c.Clause).OrderByDescending(c => c.Action)];
}
