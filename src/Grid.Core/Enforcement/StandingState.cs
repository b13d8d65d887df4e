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

    /// <summary>Where a new subject begins: tenants pending where the policy asks for vetting, all else active.</summary>
    public static StandingState Initial(EnforcementPolicy policy, SubjectKind kind, DateTimeOffset now) => new()
    {
        Standing = kind == SubjectKind.Tenant && policy.VettingRequired ? Standing.Pending : Standing.Active,
        Since = now,
        WindowsFrom = now,
    };
}
