using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A sending IP with standing and counters.</summary>
/// <param name="Window">Name of the main window, to which counters and rates belong.</param>
/// <param name="Warmup">Absent without one: no allowance holds.</param>
public sealed record IpBody(
    string Ip,
    string Pool,
    string Ehlo,
    IpLimitsBody? Limits,
    WarmupBody? Warmup,
    Standing State,
    DateTimeOffset Since,
    PolicyName Policy,
    CountersBody Counters,
    RatesBody Rates,
    string Window,
    CureBody? Cure,
    DecisionBody? LastDecision)
{
    /// <summary>HOST:PORT of the proxy through which its connections go; absent without one.</summary>
    public string? Proxy { get; init; }

    public static IpBody Of(string ip, IpSpec spec, AccountView view, WarmupView? warmup) => new(
        ip,
        spec.Pool,
        spec.Ehlo,
        spec.MaxRate is null ? null : new(spec.MaxRate),
        WarmupBody.Of(warmup),
        view.Standing,
        view.Since,
        new(view.Policy, view.PolicyVersion),
        CountersBody.Of(view.Counters),
        RatesBody.Of(view),
        view.Window,
        view.CureDue is { } due ? new(due, view.CureRequired) : null,
        DecisionBody.Of(view.LastDecision))
    {
        Proxy = spec.Proxy,
    };
}
