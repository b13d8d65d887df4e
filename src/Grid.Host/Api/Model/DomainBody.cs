using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A recipient domain with limits, standing and counters.</summary>
/// <param name="Window">Name of the main window, to which counters and rates belong.</param>
public sealed record DomainBody(
    string Domain,
    DomainLimitsBody Limits,
    Standing State,
    DateTimeOffset Since,
    PolicyName Policy,
    CountersBody Counters,
    RatesBody Rates,
    string Window,
    CureBody? Cure,
    DecisionBody? LastDecision)
{
    public static DomainBody Of(string domain, DomainLimits limits, AccountView view) => new(
        domain,
        new(limits.MaxConnections, limits.MaxMessagesPerConnection, limits.MaxRate),
        view.Standing,
        view.Since,
        new(view.Policy, view.PolicyVersion),
        CountersBody.Of(view.Counters),
        RatesBody.Of(view),
        view.Window,
        view.CureDue is { } due ? new(due, view.CureRequired) : null,
        DecisionBody.Of(view.LastDecision));
}
