namespace Grid.Core.Enforcement.Policies;

/// <summary>
/// Which checks serve which law. In: a policy. Out: for each law, the policy's clauses that look at a signal which the law is about.
/// Guarantees: a pure function. It says what is checked, not that a law is kept.
/// </summary>
public static class RegimeChecks
{
    private static readonly string[] Consent =
        ["consent.method", "consent.at", "consent.ip", "consent.source", "consent.evidence", "consent.channel", "consent.preTicked", "consent.revokedAt", "consent.notice"];

    private static readonly string[] WayOut =
    [
        "message.unsubscribeLink", "message.listUnsubscribe", "message.unsubscribeByMailOnly", "content.broken-unsubscribe", "content.hidden-unsubscribe", "content.unsubscribe-login",
        "content.premium-unsubscribe", "tenant.opt-out-overdue", "list.sent-after-opt-out",
    ];

    private static readonly string[] Sender =
    [
        "message.foreignFromName", "message.registeredFromName", "message.ownReplyTo", "message.confirmedReplyTo", "message.postalAddress", "message.companyName", "content.deceptive-sender",
        "headers.forged", "sender.unproven", "tenant.profileComplete",
    ];

    private static readonly string[] Honest = ["content.deceptive-subject", "content.concealed-advertisement", "content.missing-advertisement-label", "message.advertisementLabel"];

    /// <summary>The signals that each law is about, by the law's name as vetting.regimes has it.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> All { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["can-spam"] = [.. WayOut, .. Sender, .. Honest, "law.can-spam"],
        ["gdpr"] = [.. Consent, "law.gdpr"],
        ["casl"] = [.. Consent, .. WayOut, .. Sender, "law.casl"],
        ["eu-ecommerce"] = [.. Sender, .. Honest, "law.eu-ecommerce", "law.opt-out-register"],
        ["eu-eprivacy"] = [.. Consent, .. Sender, "law.eu-eprivacy"],
        ["other"] = ["law.other", "recipient.country"],
    };

    /// <summary>The policy's clauses that serve a law.</summary>
    public static IReadOnlyList<PolicyClause> Of(EnforcementPolicy policy, string regime) =>
        [.. policy.Written.Where(clause => SignalsOf(clause).Any(All.GetValueOrDefault(regime, []).Contains))];

    /// <summary>The signals that a clause looks at.</summary>
    public static IReadOnlyList<string> SignalsOf(PolicyClause clause) => [.. Conditions.Leaves(clause.When).Select(Name).OfType<string>().Distinct()];

    /// <summary>Whether it acts only when somebody, or a check that isn't part of the grid, reports something.</summary>
    public static bool IsOnReport(PolicyClause clause) =>
        SignalsOf(clause) is { Count: > 0 } signals && signals.All(signal => Signals.Find(signal) is { Kind: SignalKind.Finding or SignalKind.Listing });

    private static string? Name(PolicyCondition leaf) => leaf switch
    {
        PolicyCondition.Fact fact => fact.Signal,
        PolicyCondition.Event reported => reported.Signal,
        PolicyCondition.Count count => count.Signal,
        PolicyCondition.Rate rate => rate.Signal,
        _ => null,
    };
}
