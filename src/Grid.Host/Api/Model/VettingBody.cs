using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A tenant's vetting.</summary>
/// <param name="Stage">applicant, underReview, verified or rejected.</param>
/// <param name="State">The tenant's.</param>
/// <param name="Policy">The policy that demands it.</param>
/// <param name="Demands">What it demands, met or not.</param>
/// <param name="Domains">Each sending domain, with the TXT record that proves it.</param>
/// <param name="Matches">What it shares with terminated tenants; operators see it.</param>
/// <param name="Decision">How it ended; absent while it is open.</param>
public sealed record VettingBody(
    string Tenant,
    VettingStage Stage,
    Standing State,
    PolicyName Policy,
    IReadOnlyList<VettingDemandBody> Demands,
    string? LegalType,
    IReadOnlyList<string> SenderNames,
    IReadOnlyList<PolicyAcceptance> Acceptances,
    IReadOnlyList<RegimeAttestation> Attestations,
    IReadOnlyList<AskedAddress> Addresses,
    IReadOnlyList<VettingDomainBody> Domains,
    IReadOnlyList<ChecklistEntry> Checklist,
    IReadOnlyList<IdentityMatch>? Matches,
    VettingDecision? Decision)
{
    /// <param name="domains">Each sending domain with its record.</param>
    /// <param name="whole">With what only operators see.</param>
    public static VettingBody Of(VettingView view, IReadOnlyList<VettingDomainBody> domains, bool whole)
    {
        var file = view.File;
        return new(
            view.Tenant,
            view.Stage,
            view.Standing,
            new(view.Policy, view.PolicyVersion),
            [.. view.Demands.Select(d => new VettingDemandBody(d.Name, d.IsMet, whole || d.Name != "review" ? d.Words : "operators look at it first"))],
            file.LegalType,
            file.SenderNames,
            file.Acceptances,
            file.Attestations,
            file.Addresses,
            domains,
            whole ? file.Checklist : [],
            whole ? file.Matches : null,
            file.Decision);
    }
}
