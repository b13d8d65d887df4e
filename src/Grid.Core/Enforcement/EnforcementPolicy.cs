using Grid.Core.Counters;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Queue;
using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement;

/// <summary>
/// A compiled policy: the rules by which standings change and messages are judged, as data. Of the clauses that are breached the most
/// severe decides, the first of them in order. <see cref="PolicyCompiler"/> makes one of what is written.
/// </summary>
/// <param name="Name">Name of the policy.</param>
/// <param name="Version">Rises with each change; every decision cites it.</param>
/// <param name="Tenant">Clauses for tenants.</param>
/// <param name="Ip">Clauses for sending IPs.</param>
/// <param name="Domain">Clauses for recipient domains and sites.</param>
/// <param name="RepeatWindow">How long a suspension by the grid is remembered.</param>
/// <param name="SuspensionsToTerminate">So many suspensions of a tenant in the repeat window, the present one included, terminate it; 0: never.</param>
/// <param name="Retry">When deferred mail is tried again.</param>
/// <param name="VettingRequired">New tenants are pending until an operator activates them.</param>
public sealed record EnforcementPolicy(
    string Name,
    int Version,
    IReadOnlyList<EnforcementClause> Tenant,
    IReadOnlyList<EnforcementClause> Ip,
    IReadOnlyList<EnforcementClause> Domain,
    TimeSpan RepeatWindow,
    int SuspensionsToTerminate,
    RetrySchedule Retry,
    bool VettingRequired)
{
    /// <summary>The windows that clauses may name; the first is the main one, which the API shows.</summary>
    public IReadOnlyList<WindowSpec> Windows { get; init; } = WindowSpec.Default;

    /// <summary>What it is, in a sentence.</summary>
    public string Words { get; init; } = "";

    /// <summary>Since when it is in force for those who agreed to it; null: not said.</summary>
    public DateOnly? Effective { get; init; }

    /// <summary>The policy that it was written on top of; null: none.</summary>
    public string? Extends { get; init; }

    /// <summary>The rungs of its ladder.</summary>
    public LadderRules Ladder { get; init; } = new();

    /// <summary>What it asks of declarations.</summary>
    public ConsentRules Consent { get; init; } = new();

    /// <summary>What it promises around the ladder.</summary>
    public DutyRules Duties { get; init; } = new();

    /// <summary>When an address is not mailed any more by itself.</summary>
    public SuppressionRules Suppression { get; init; } = new();

    /// <summary>What it asks of a tenant before it may send.</summary>
    public VettingRules Vetting { get; init; } = new();

    /// <summary>Clauses that are judged with each message at intake.</summary>
    public IReadOnlyList<MessageClause> Message { get; init; } = [];

    /// <summary>Names of the declarations that <see cref="Message"/> looks at, so that others needn't be read.</summary>
    public IReadOnlySet<string> FactsUsed { get; init; } = new HashSet<string>();

    /// <summary>Its clauses as they are written, inherited ones included; for showing.</summary>
    public IReadOnlyList<PolicyClause> Written { get; init; } = [];

    /// <summary>Its rules without a condition, inherited ones included.</summary>
    public IReadOnlyList<PolicyNote> Notes { get; init; } = [];

    /// <summary>Name of the main window.</summary>
    public string MainWindow => Windows[0].Name;

    /// <summary>The clauses for a kind of subject.</summary>
    public IReadOnlyList<EnforcementClause> Clauses(SubjectKind kind) => kind switch
    {
        SubjectKind.Tenant => Tenant,
        SubjectKind.Ip => Ip,
        SubjectKind.Domain or SubjectKind.Site => Domain,
        SubjectKind.Policy or SubjectKind.Case or SubjectKind.Lane or SubjectKind.Queue or SubjectKind.Setting => [],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of subject"),
    };

    /// <summary>What complaint rates are judged of, as figures name it.</summary>
    public IReadOnlyList<string> ComplaintsJudgedOf(SubjectKind kind) =>
        [.. Clauses(kind).Select(c => c.Measure).Where(m => m is ClauseMeasure.ComplaintRate or ClauseMeasure.ComplaintRateReporting).Distinct().Order().Select(m => m.Names().Volume)];

    /// <summary>Grid's own policy.</summary>
    public static EnforcementPolicy Default { get; } = new(
        "default",
        1,
        Tenant:
        [
            new("complaint-cutoff", ClauseMeasure.ComplaintRate, "7d", new(1, 1000), 1000, 5, ClauseAction.Suspend, null,
                "complaints above 0.1 % of delivered mail in 7 days suspend",
                "find out which recipients never asked for the mail, remove them and their source, and write to the operator"),
            new("bounce-cutoff", ClauseMeasure.HardBounceRate, "7d", new(10, 100), 200, 1, ClauseAction.Suspend, null,
                "hard bounces above 10 % of attempts in 7 days suspend",
                "verify the list, remove addresses that don't exist, and write to the operator"),
            new("complaint-warning", ClauseMeasure.ComplaintRate, "7d", new(5, 10_000), 1000, 5, ClauseAction.Warn, TimeSpan.FromHours(48),
                "complaints above 0.05 % of delivered mail in 7 days warn; what is sent after the warning has 48 hours to be better",
                "mail only those who asked for it; the standing returns by itself when the mail after the warning is below the limit"),
            new("bounce-warning", ClauseMeasure.HardBounceRate, "7d", new(5, 100), 200, 1, ClauseAction.Warn, TimeSpan.FromHours(48),
                "hard bounces above 5 % of attempts in 7 days warn; what is sent after the warning has 48 hours to be better",
                "verify the list; the standing returns by itself when the mail after the warning is below the limit"),
        ],
        Ip:
        [
            new("ip-blocks", ClauseMeasure.BlockRate, "1h", new(5, 100), 50, 1, ClauseAction.Suspend, TimeSpan.FromHours(2),
                "refusals for reputation above 5 % of attempts in an hour rest a sending IP",
                "the IP returns by itself after its rest; each rest in 90 days is twice as long as the last, up to a day") { CureMax = TimeSpan.FromHours(24) },
            new("ip-complaints", ClauseMeasure.ComplaintRate, "7d", new(3, 1000), 1000, 5, ClauseAction.Warn, TimeSpan.FromHours(48),
                "complaints above 0.3 % of what an IP delivered in 7 days warn",
                "see which tenants the complaints are about"),
        ],
        Domain:
        [
            new("domain-blocks", ClauseMeasure.BlockRate, "1h", new(50, 100), 100, 1, ClauseAction.Suspend, TimeSpan.FromHours(1),
                "refusals for reputation above 50 % of attempts in an hour pause a recipient domain",
                "delivery goes on by itself after an hour"),
        ],
        RepeatWindow: TimeSpan.FromDays(90),
        SuspensionsToTerminate: 2,
        Retry: RetrySchedule.Default,
        VettingRequired: false);
}
