namespace Grid.Core.Enforcement.Policies;

/// <summary>What a policy promises around the ladder: notices, cases, money, egress.</summary>
public sealed record DutyRules
{
    /// <summary>Money is given back on termination.</summary>
    public bool RefundOnTermination { get; init; } = true;

    /// <summary>The tenant bears the cost of repairing what it damaged.</summary>
    public bool CostRecovery { get; init; }

    /// <summary>Notice comes after the act, not before.</summary>
    public bool NoticeAfter { get; init; } = true;

    /// <summary>Where reports of abuse go; empty: the grid's own.</summary>
    public string ReportAddress { get; init; } = "";

    /// <summary>Where a tenant finds help; stands in each notice.</summary>
    public string Contact { get; init; } = "";

    /// <summary>Time until a case is looked at first.</summary>
    public TimeSpan TriageWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long evidence is kept at least.</summary>
    public TimeSpan KeepEvidence { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The only sending IPs that may be used; empty: all.</summary>
    public IReadOnlyList<string> EgressOnly { get; init; } = [];

    /// <summary>Opening words of a notice of guidance.</summary>
    public string GuidanceText { get; init; } = "";

    /// <summary>Opening words of a warning.</summary>
    public string WarningText { get; init; } = "";

    /// <summary>Opening words of a notice of suspension.</summary>
    public string SuspensionText { get; init; } = "";

    /// <summary>Opening words of a notice of termination.</summary>
    public string TerminationText { get; init; } = "";
}
