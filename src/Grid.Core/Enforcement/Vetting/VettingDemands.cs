namespace Grid.Core.Enforcement.Vetting;

/// <summary>
/// What policies can demand before a tenant may send. In: policy, file, the tenant's description. Out: each demand, met or not, and the
/// stage. Guarantees: a pure function; nothing is demanded that the policy doesn't name, but for the review of who shares something with
/// a terminated tenant.
/// </summary>
public static class VettingDemands
{
    /// <summary>By name, in words.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["acceptance"] = "somebody accepted the policy",
        ["attestations"] = "somebody attested that each of the laws is kept",
        ["legal-type"] = "whether it is a company or a person",
        ["profile"] = "company, postal address, website, contact and country",
        ["sender-names"] = "the names that From fields show",
        ["contact"] = "the contact address was confirmed by mail",
        ["domains"] = "each sending domain has the record that proves it",
        ["checklist"] = "each chapter of the checklist has evidence and a verdict",
        ["approval"] = "an operator approved",
    };

    /// <summary>The chapters of M3AAWG's Vetting Best Common Practices.</summary>
    public static IReadOnlyDictionary<string, string> Checklist { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["history"] = "the company's formation and history",
        ["domain-age"] = "age and registration of its domains",
        ["infrastructure"] = "hosts, name servers and neighbours",
        ["sending-history"] = "what it sent before, and how that was received",
        ["list-collection"] = "how it collects addresses",
    };

    /// <summary>What is asked of the tenant, and the operator, in the policy's order.</summary>
    public static IReadOnlyList<VettingDemand> Read(EnforcementPolicy policy, VettingFile file, VettingSubject subject)
    {
        var demands = policy.Vetting.Demands.Where(name => name != "approval").Select(name => Read(name, policy, file, subject)).ToList();
        if (policy.Vetting.Demands.Contains("approval"))
        {
            demands.Add(new("approval", file.Decision?.Verified == true, "an operator approves", true));
        }

        if (subject.Review is { } why)
        {
            demands.Add(new("review", file.Decision?.Verified == true, why, true));
        }

        return demands;
    }

    /// <summary>How far the vetting is.</summary>
    public static VettingStage Stage(VettingFile file, IReadOnlyList<VettingDemand> demands) => file.Decision switch
    {
        { Verified: true } => VettingStage.Verified,
        { Verified: false } => VettingStage.Rejected,
        _ => demands.Any(d => !d.IsMet && !d.IsOperators) ? VettingStage.Applicant : VettingStage.UnderReview,
    };

    /// <summary>The policy was accepted, and hasn't got a later date since.</summary>
    public static bool IsAccepted(EnforcementPolicy policy, VettingFile file) =>
        file.Acceptances.Any(a => a.Policy == policy.Name && !(policy.Effective > a.Effective) && (policy.Effective is null || a.Effective is not null));

    /// <summary>The laws whose attestation is missing, or older than the policy's date.</summary>
    public static IReadOnlyList<string> Unattested(EnforcementPolicy policy, VettingFile file) =>
        [.. policy.Vetting.Regimes.Where(regime => !file.Attestations.Any(a => a.Regime == regime && !(policy.Effective > a.Effective) && (policy.Effective is null || a.Effective is not null)))];

    private static VettingDemand Read(string name, EnforcementPolicy policy, VettingFile file, VettingSubject subject) => name switch
    {
        "acceptance" => Of(name, IsAccepted(policy, file) ? [] : [$"policy {policy.Name} as of version {policy.Version}"]),
        "attestations" => Of(name, Unattested(policy, file)),
        "legal-type" => Of(name, file.LegalType is null ? ["company or person"] : []),
        "profile" => Of(name, subject.HasProfile ? [] : ["company, postal address, website, contact or country"]),
        "sender-names" => Of(name, file.SenderNames.Count == 0 ? ["at least one name"] : []),
        "contact" => Of(name, subject.Contact is { } contact && file.Addresses.Any(a => a.Address == contact && a.ConfirmedAt is not null) ? [] : [subject.Contact ?? "a contact address"]),
        "domains" => Of(name, subject.Domains.Count == 0 ? ["a sending domain"] : [.. subject.Domains.Where(domain => !file.Domains.Any(d => d.Domain == domain && d.ProvenAt is not null))]),
        "checklist" => Of(name, [.. Checklist.Keys.Where(item => !file.Checklist.Any(c => c.Item == item && c.Verdict == "pass"))], isOperators: true),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such demand"),
    };

    private static VettingDemand Of(string name, IReadOnlyList<string> missing, bool isOperators = false) =>
        new(name, missing.Count == 0, missing.Count == 0 ? All[name] : $"{All[name]}; missing: {string.Join(", ", missing)}", isOperators);
}
