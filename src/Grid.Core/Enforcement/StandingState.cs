using System.Text.Json.Serialization;
using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>
/// A subject's standing with what its next change depends on; plain, to be saved as JSON. Grid and operator each have a say, and the
/// more severe holds: the grid can worsen what an operator set, and never ends what an operator imposed.
/// </summary>
public sealed record StandingState
{
    /// <summary>Suspensions that are remembered at most, the latest.</summary>
    public const int MaxSuspensions = 32;

    /// <summary>Reports that are remembered at most, the latest.</summary>
    public const int MaxEvents = 64;

    /// <summary>The standing that holds.</summary>
    public required Standing Standing { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the cure period or the rest ends; null where none runs.</summary>
    public DateTimeOffset? CureDue { get; init; }

    /// <summary>The clause that warned or suspended; null in good standing and where an operator acted.</summary>
    public string? WarnedClause { get; init; }

    /// <summary>Since when the windows count: start or last return to active.</summary>
    public DateTimeOffset WindowsFrom { get; init; }

    /// <summary>Suspensions by the grid, oldest first; those by operators aren't among them.</summary>
    public IReadOnlyList<DateTimeOffset> Suspensions { get; init; } = [];

    /// <summary>What an operator set last; Active where none acted.</summary>
    public Standing OperatorStanding { get; init; } = Standing.Active;

    /// <summary>What goes with the standing.</summary>
    public StandingConditions Conditions { get; init; }

    /// <summary>How far a suspension is.</summary>
    public SuspensionStage Stage { get; init; }

    /// <summary>The signal that suspended; null where a rate or an operator did.</summary>
    public string? Cause { get; init; }

    /// <summary>Warnings by the grid, oldest first, at most <see cref="MaxSuspensions"/>.</summary>
    public IReadOnlyList<DateTimeOffset> Warnings { get; init; } = [];

    /// <summary>When guidance was given last; null: never.</summary>
    public DateTimeOffset? GuidedAt { get; init; }

    /// <summary>What was reported, oldest first.</summary>
    public IReadOnlyList<StandingEvent> Events { get; init; } = [];

    /// <summary>Clauses that recorded, oldest first, at most <see cref="MaxSuspensions"/>.</summary>
    public IReadOnlyList<NotedClause> Noted { get; init; } = [];

    /// <summary>Step of the probation, from 0.</summary>
    public int ProbationStep { get; init; }

    /// <summary>When the next step is due; null outside of probation.</summary>
    public DateTimeOffset? ProbationDue { get; init; }

    /// <summary>When <see cref="StandingMachine.CureEnded"/> is to be asked next; null: not at all.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue => CureDue is { } cure && ProbationDue is { } step ? (cure < step ? cure : step) : CureDue ?? ProbationDue;

    /// <summary>Where a new subject begins: tenants pending where the policy, or what is known of them, asks for vetting, all else active; active tenants on probation where the ladder has one.</summary>
    public static StandingState Initial(EnforcementPolicy policy, SubjectKind kind, DateTimeOffset now, bool review = false)
    {
        var state = new StandingState
        {
            Standing = kind == SubjectKind.Tenant && (policy.VettingRequired || review) ? Standing.Pending : Standing.Active,
            Since = now,
            WindowsFrom = now,
        };
        return state.Standing == Standing.Active ? Probation.Begin(policy, kind, state, now) : state;
    }
}
