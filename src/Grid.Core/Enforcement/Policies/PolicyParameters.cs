using Grid.Core.Enforcement.Vetting;
using Grid.Core.Queue;
using Grid.Core.Vocabulary;

namespace Grid.Core.Enforcement.Policies;

/// <summary>The closed list of what policies can set beside their clauses.</summary>
public static class PolicyParameters
{
    /// <summary>All, in the order in which documents show them.</summary>
    public static IReadOnlyList<PolicyParameter> All { get; } = [.. General(), .. LadderParameters(), .. VettingParameters(), .. Declarations(), .. Duties()];

    /// <summary>Null when there is no such parameter.</summary>
    public static PolicyParameter? Find(string name) => All.FirstOrDefault(parameter => parameter.Name == name);

    private static IEnumerable<PolicyParameter> General() =>
    [
        Flag("vettingRequired", "new tenants are pending until they are verified, or an operator lets them in", p => p.VettingRequired, (p, v) => p with { VettingRequired = v }),
        Duration("repeatWindow", "how long warnings, suspensions and reports are remembered as repeated", p => p.RepeatWindow, (p, v) => p with { RepeatWindow = v }),
        new("suspensionsToTerminate", ParameterType.Count, "so many suspensions of a tenant in the repeat window terminate; 0: never", p => (long)p.SuspensionsToTerminate, (p, v) => p with { SuspensionsToTerminate = (int)(long)v }) { Unit = "suspensions" },
        new("suppression.hardBounces", ParameterType.Count, "so many hard bounces of an address in the repeat window suppress it; 0: none does", p => (long)p.Suppression.HardBounces, (p, v) => p with { Suppression = p.Suppression with { HardBounces = (int)(long)v } }) { Unit = "bounces" },
        List("suppression.ignores", "differences between addresses that a suppression doesn't see", p => p.Suppression.Ignores, (p, v) => p with { Suppression = p.Suppression with { Ignores = v } }, SuppressionRules.PlusTags, SuppressionRules.GmailDots),
        Duration("retry.first", "delay after the first attempt", p => p.Retry.First, (p, v) => Retry(p, p.Retry with { First = v })),
        new("retry.factor", ParameterType.Factor, "by how much each delay grows, 1 or more", p => p.Retry.Factor, (p, v) => Retry(p, p.Retry with { Factor = (double)v })),
        Duration("retry.cap", "longest delay", p => p.Retry.Cap, (p, v) => Retry(p, p.Retry with { Cap = v })),
        new("retry.jitter", ParameterType.Share, "share of a delay by which it is scattered", p => p.Retry.Jitter, (p, v) => Retry(p, p.Retry with { Jitter = (double)((Ratio)v).Fraction })),
        Duration("retry.maxAge", "age at which a message expires", p => p.Retry.MaxAge, (p, v) => Retry(p, p.Retry with { MaxAge = v })),
    ];

    private static IEnumerable<PolicyParameter> LadderParameters() =>
    [
        Flag("ladder.guided", "guidance comes before the first warning", p => p.Ladder.Guided, (p, v) => p with { Ladder = p.Ladder with { Guided = v } }),
        Duration("ladder.guideFor", "time to be better after guidance", p => p.Ladder.GuideFor, (p, v) => p with { Ladder = p.Ladder with { GuideFor = v } }),
        Flag("ladder.warned", "clauses may warn", p => p.Ladder.Warned, (p, v) => p with { Ladder = p.Ladder with { Warned = v } }),
        Duration("ladder.warnFor", "cure period of a warning that names none", p => p.Ladder.WarnFor, (p, v) => p with { Ladder = p.Ladder with { WarnFor = v } }),
        Flag("ladder.limitedBeforeSuspended", "an uncured warning limits first", p => p.Ladder.LimitedBeforeSuspended, (p, v) => p with { Ladder = p.Ladder with { LimitedBeforeSuspended = v } }),
        Duration("ladder.limitFor", "how long a limit lasts that names no time", p => p.Ladder.LimitFor, (p, v) => p with { Ladder = p.Ladder with { LimitFor = v } }),
        new("ladder.limitedRate", ParameterType.Rate, "delivery rate while limited", p => p.Ladder.LimitedRate, (p, v) => p with { Ladder = p.Ladder with { LimitedRate = (Rate)v } }),
        Flag("ladder.transactionalWhileSuspended", "transactional mail may go while suspended, unless for malware, phishing or fraud", p => p.Ladder.TransactionalWhileSuspended, (p, v) => p with { Ladder = p.Ladder with { TransactionalWhileSuspended = v } }),
        new("ladder.probation", ParameterType.Steps, "allowance of new tenants, step by step", p => p.Ladder.Probation, (p, v) => p with { Ladder = p.Ladder with { Probation = (IReadOnlyList<ProbationStep>)v } }),
    ];

    private static IEnumerable<PolicyParameter> VettingParameters() =>
    [
        List("vetting.demands", "what must be there before a pending tenant is verified", p => p.Vetting.Demands, (p, v) => p with { Vetting = p.Vetting with { Demands = v } }, [.. VettingDemands.All.Keys]),
        List("vetting.regimes", "laws that a tenant attests to keep", p => p.Vetting.Regimes, (p, v) => p with { Vetting = p.Vetting with { Regimes = v } }),
    ];

    private static IEnumerable<PolicyParameter> Declarations() =>
    [
        List("consent.bases", "methods of consent that are enough", p => p.Consent.Bases, (p, v) => p with { Consent = p.Consent with { Bases = v } }),
        List("consent.streams", "streams whose mail needs consent", p => p.Consent.Streams, (p, v) => p with { Consent = p.Consent with { Streams = v } }, "bulk", "transactional"),
        List("consent.refusedSources", "sources of addresses that are refused", p => p.Consent.RefusedSources, (p, v) => p with { Consent = p.Consent with { RefusedSources = v } }),
        List("consent.companyAddressBases", "methods that don't reach to personal addresses", p => p.Consent.CompanyAddressBases, (p, v) => p with { Consent = p.Consent with { CompanyAddressBases = v } }),
        List("consent.countries", "top level domains of countries where unsolicited mail to companies isn't lawful", p => p.Consent.ConsentCountries, (p, v) => p with { Consent = p.Consent with { ConsentCountries = v } }),
        List("unsubscribe.streams", "streams whose mail needs a link to unsubscribe", p => p.Consent.UnsubscribeStreams, (p, v) => p with { Consent = p.Consent with { UnsubscribeStreams = v } }, "bulk", "transactional"),
        Duration("unsubscribe.within", "time in which a request to stop must be honoured", p => p.Consent.OptOutWithin, (p, v) => p with { Consent = p.Consent with { OptOutWithin = v } }),
        List("postalAddress.streams", "streams whose mail needs the postal address", p => p.Consent.AddressStreams, (p, v) => p with { Consent = p.Consent with { AddressStreams = v } }, "bulk", "transactional"),
    ];

    private static IEnumerable<PolicyParameter> Duties() =>
    [
        Flag("duties.refund", "money is given back on termination", p => p.Duties.RefundOnTermination, (p, v) => p with { Duties = p.Duties with { RefundOnTermination = v } }),
        Flag("duties.costRecovery", "the tenant bears the cost of repairing what it damaged", p => p.Duties.CostRecovery, (p, v) => p with { Duties = p.Duties with { CostRecovery = v } }),
        Flag("duties.noticeAfter", "notice comes after the act", p => p.Duties.NoticeAfter, (p, v) => p with { Duties = p.Duties with { NoticeAfter = v } }),
        Text("duties.reportAddress", "where reports of abuse go", p => p.Duties.ReportAddress, (p, v) => p with { Duties = p.Duties with { ReportAddress = v } }),
        Text("duties.contact", "where a tenant finds help", p => p.Duties.Contact, (p, v) => p with { Duties = p.Duties with { Contact = v } }),
        Duration("duties.triageWithin", "time until a case is looked at first", p => p.Duties.TriageWithin, (p, v) => p with { Duties = p.Duties with { TriageWithin = v } }),
        Duration("duties.keepEvidence", "how long evidence is kept at least", p => p.Duties.KeepEvidence, (p, v) => p with { Duties = p.Duties with { KeepEvidence = v } }) with { Longest = TimeSpan.FromDays(3650) },
        List("duties.egressOnly", "the only sending IPs that may be used; empty: all", p => p.Duties.EgressOnly, (p, v) => p with { Duties = p.Duties with { EgressOnly = v } }),
        Text("notices.guidance", "opening words of guidance", p => p.Duties.GuidanceText, (p, v) => p with { Duties = p.Duties with { GuidanceText = v } }),
        Text("notices.warning", "opening words of a warning", p => p.Duties.WarningText, (p, v) => p with { Duties = p.Duties with { WarningText = v } }),
        Text("notices.suspension", "opening words of a suspension", p => p.Duties.SuspensionText, (p, v) => p with { Duties = p.Duties with { SuspensionText = v } }),
        Text("notices.termination", "opening words of a termination", p => p.Duties.TerminationText, (p, v) => p with { Duties = p.Duties with { TerminationText = v } }),
    ];

    private static EnforcementPolicy Retry(EnforcementPolicy policy, RetrySchedule retry) => policy with { Retry = retry };

    private static PolicyParameter Flag(string name, string words, Func<EnforcementPolicy, bool> get, Func<EnforcementPolicy, bool, EnforcementPolicy> set) =>
        new(name, ParameterType.Flag, words, p => get(p), (p, v) => set(p, (bool)v));

    private static PolicyParameter Duration(string name, string words, Func<EnforcementPolicy, TimeSpan> get, Func<EnforcementPolicy, TimeSpan, EnforcementPolicy> set) =>
        new(name, ParameterType.Duration, words, p => get(p), (p, v) => set(p, (TimeSpan)v));

    private static PolicyParameter Text(string name, string words, Func<EnforcementPolicy, string> get, Func<EnforcementPolicy, string, EnforcementPolicy> set) =>
        new(name, ParameterType.Text, words, get, (p, v) => set(p, (string)v));

    private static PolicyParameter List(
        string name, string words, Func<EnforcementPolicy, IReadOnlyList<string>> get, Func<EnforcementPolicy, IReadOnlyList<string>, EnforcementPolicy> set, params string[] values) =>
        new(name, ParameterType.Words, words, get, (p, v) => set(p, (IReadOnlyList<string>)v)) { Values = values };
}
