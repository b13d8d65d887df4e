using Grid.Contracts.Enforcement;
using Grid.Core.Admission;

namespace Grid.Host.Api.Model;

/// <summary>A sending IP's warm-up, today (UTC).</summary>
/// <param name="Day">The plan's day that holds, from 1; beyond <paramref name="Days"/> when the IP is warm, 0 before it begins.</param>
/// <param name="Allowance">Today's; absent when the IP is warm.</param>
/// <param name="Used">Recipients permitted today.</param>
/// <param name="Blocks">Refusals today for the IP's reputation.</param>
/// <param name="Paused">There were too many of those: nothing more today, and two days back.</param>
public sealed record WarmupBody(
    DateOnly StartedOn, string Plan, int Day, int Days, bool Warm, WarmupDayBody? Allowance, int Used, IReadOnlyDictionary<string, int> Sites, int Blocks, bool Paused)
{
    /// <summary>Days that are over, the oldest first; at most 30.</summary>
    public IReadOnlyList<WarmupPastBody> Past { get; init; } = [];

    public static WarmupBody? Of(WarmupView? view) => view is null ? null : new(
        view.Spec.StartedOn,
        view.Spec.Plan,
        view.Today?.Step ?? 0,
        view.Days,
        view.Today is { Allowance: null },
        view.Today is null ? new(0, 0) : WarmupDayBody.Of(view.Today.Allowance),
        view.Today?.Used ?? 0,
        (view.Today?.Sites ?? []).ToDictionary(site => site.Key, site => site.Value),
        view.Today?.Blocks ?? 0,
        view.Today?.Paused ?? false)
    {
        Past = [.. (view.Today?.Past ?? []).Select(past => new WarmupPastBody(past.Day, WarmupDayBody.Of(past.Allowance)!, past.Used, past.Sites, past.Blocks, past.Paused))],
    };
}
