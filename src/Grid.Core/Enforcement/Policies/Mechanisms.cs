namespace Grid.Core.Enforcement.Policies;

/// <summary>What carries rules that need no condition, and what some rules wait for. A closed list: notes of a policy name one.</summary>
public static class Mechanisms
{
    /// <summary>By name, in words.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["versions"] = "policies have dates and versions, and every decision cites them",
        ["ledger"] = "every decision stands in the ledger with clause, figures and reason",
        ["ladder"] = "the ladder of standings, with cure periods and repeat memory",
        ["operator"] = "an operator's transitions and verdicts, with a reason",
        ["verbs"] = "what each standing permits",
        ["counters"] = "rolling counters of each subject, projected from the outcome log",
        ["reputation"] = "GET /v1/reputation: standing, rates, thresholds and what to correct",
        ["check"] = "POST /v1/messages/check: every finding before anything is sent",
        ["intake"] = "the same judgement on HTTP, SMTP and raw submissions",
        ["own-headers"] = "the grid writes its own trace headers and refuses what would add or forge one",
        ["sender-domains"] = "a tenant sends from its own domains only",
        ["return-path"] = "the envelope sender is the grid's signed return path",
        ["suppressions"] = "suppressed addresses are never queued",
        ["feedback"] = "bounces, feedback loops and abuse reports are taken in and matched to the message",
        ["limits"] = "limits of rate, size, recipients and queue, each refused with its reason",
        ["pending"] = "new tenants are pending, and may not send until they are verified, or an operator activates them",
        ["profile"] = "the tenant's profile: company, postal address, contact, country",
        ["consent"] = "the declaration of consent is kept with each message",
        ["cases"] = "cases with evidence, owner, age and verdict",
        ["notices"] = "notices to the tenant with clause, figures, limit and cure",
        ["vetting"] = "vetting with checklist, acceptance of the policy and proven domains",
        ["consent-store"] = "consent of each recipient with evidence, export and erasure",
        ["double-opt-in"] = "a confirmation mail with a signed link, sent through the grid, and the page that records the consent",
        ["content-checks"] = "checks of content",
        ["list-checks"] = "checks of lists",
        ["law-checks"] = "checks by law and country",
        ["blocklists"] = "look-ups in blocklists",
        ["abuse-form"] = "the public form and mailbox for abuse reports",
        ["unsubscribe-pages"] = "unsubscribe pages and one-click",
        ["attribution"] = "damage of IPs attributed to tenants by share",
        ["resellers"] = "parent tenants with cascade",
        ["billing"] = "billing webhook and export of costs",
        ["legal-hold"] = "legal hold and export of evidence",
        ["reports"] = "compliance and incident reports",
    };
}
