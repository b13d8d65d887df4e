using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement.Policies;

/// <summary>The rungs that a policy's ladder has, and what each means.</summary>
public sealed record LadderRules
{
    /// <summary>The ladder has guidance: it comes before the first warning, and clauses may guide.</summary>
    public bool Guided { get; init; }

    /// <summary>Time to be better after guidance.</summary>
    public TimeSpan GuideFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The ladder has warnings; without them no clause may warn.</summary>
    public bool Warned { get; init; } = true;

    /// <summary>Cure period of a warning that names none.</summary>
    public TimeSpan WarnFor { get; init; } = TimeSpan.FromHours(48);

    /// <summary>An uncured warning limits first, and suspends only after that.</summary>
    public bool LimitedBeforeSuspended { get; init; }

    /// <summary>How long a limit lasts that names no time.</summary>
    public TimeSpan LimitFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Delivery rate while limited.</summary>
    public Rate LimitedRate { get; init; } = new(60, TimeSpan.FromMinutes(1), 1);

    /// <summary>Transactional mail still goes while suspended, unless it was for malware, phishing or fraud.</summary>
    public bool TransactionalWhileSuspended { get; init; }

    /// <summary>Allowance of new tenants, step by step; empty: none.</summary>
    public IReadOnlyList<ProbationStep> Probation { get; init; } = [];
}
