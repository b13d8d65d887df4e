using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A tenant with standing and counters.</summary>
/// <param name="Window">Name of the policy's main window, to which counters and rates belong.</param>
public sealed record TenantBody(
    string Id,
    string Name,
    Standing State,
    DateTimeOffset Since,
    PolicyName Policy,
    string Pool,
    CountersBody Counters,
    RatesBody Rates,
    string Window,
    CureBody? Cure,
    DecisionBody? LastDecision,
    TenantProfileBody? Profile,
    TenantLimitsBody? Limits,
    IReadOnlyList<string> SendingDomains,
    bool Sandbox)
{
    /// <summary>The tenant that it belongs to.</summary>
    public string? Parent { get; init; }

    /// <summary>The pool that it was moved from when it was quarantined; absent otherwise.</summary>
    public string? HomePool { get; init; }

    /// <summary>Who above it holds it back; absent where nobody does.</summary>
    public ParentHoldBody? HeldBy { get; init; }

    public static TenantBody Of(TenantView view)
    {
        var (spec, account) = (view.Spec, view.Account);
        return new(
            view.Id,
            spec.Name,
            account.Standing,
            account.Since,
            new(account.Policy, account.PolicyVersion),
            spec.Pool,
            CountersBody.Of(account.Counters),
            RatesBody.Of(account),
            account.Window,
            account.CureDue is { } due ? new(due, account.CureRequired) : null,
            DecisionBody.Of(account.LastDecision),
            spec.Profile is { } p ? new(p.Company, p.PostalAddress, p.Website, p.ContactEmail, p.Country) : null,
            spec.Limits == new TenantLimits() ? null : new(spec.Limits.MaxRate, spec.Limits.MessagesPerHour, spec.Limits.MessagesPerDay),
            spec.SendingDomains,
            spec.Sandbox)
        {
            Parent = spec.Parent,
            HomePool = spec.HomePool,
            HeldBy = ParentHoldBody.Of(view.Held),
        };
    }
}
