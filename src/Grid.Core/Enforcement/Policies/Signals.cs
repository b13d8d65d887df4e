using System.Collections.Frozen;
using static Grid.Core.Enforcement.Policies.PolicySubject;

namespace Grid.Core.Enforcement.Policies;

/// <summary>
/// The closed catalogue of what policies can be about. Findings are listed also where no check reports them yet: a clause about one is
/// enforced as soon as it is reported.
/// </summary>
public static class Signals
{
    private static readonly PolicySubject[] Standings = [Tenant, Ip, Domain];
    private static readonly PolicySubject[] Reports = [Message, Recipient, List, PolicySubject.Stream, Campaign, Tenant, Ip, Domain];
    private static readonly PolicySubject[] Intake = [Message, Recipient, List, PolicySubject.Stream, Campaign];

    /// <summary>All, in the order in which documents show them.</summary>
    public static IReadOnlyList<Signal> All { get; } = [.. Counters(), .. Memories(), .. Findings(), .. Listings(), .. Verdicts(), .. MessageFactSignals.All(Intake)];

    private static FrozenDictionary<string, Signal> ByName { get; } = All.ToFrozenDictionary(signal => signal.Name, StringComparer.Ordinal);

    /// <summary>Null when there is no such signal.</summary>
    public static Signal? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A finding, listing or verdict.</summary>
    public static bool IsReported(string name) => Find(name)?.Kind is SignalKind.Finding or SignalKind.Listing or SignalKind.Verdict;

    private static IEnumerable<Signal> Counters() =>
    [
        Counter("complaints", "complaints of delivered mail", ClauseMeasure.ComplaintRate, ClauseMeasure.ComplaintCount, "complaints"),
        Counter("complaintsAtReporting", "complaints of mail delivered to receivers that report complaints", ClauseMeasure.ComplaintRateReporting, null, "complaints"),
        Counter("hardBounces", "hard bounces of recipients whose delivery ended", ClauseMeasure.HardBounceRate, ClauseMeasure.HardBounceCount, "bounces"),
        Counter("softBounces", "other failures of recipients whose delivery ended", ClauseMeasure.SoftBounceRate, null, "bounces"),
        Counter("blocks", "refusals for the sending IP's reputation, of all attempts", ClauseMeasure.BlockRate, ClauseMeasure.BlockCount, "blocks"),
        Counter("deferrals", "refusals for now, of all attempts", ClauseMeasure.DeferralRate, null, "deferrals"),
        Counter("unsubscribes", "unsubscriptions of delivered mail", ClauseMeasure.UnsubscribeRate, null, "unsubscribes"),
        Counter("delivered", "delivered mail", null, ClauseMeasure.DeliveredCount, "messages"),
    ];

    private static Signal Counter(string name, string words, ClauseMeasure? rate, ClauseMeasure? count, string events) =>
        new(name, SignalKind.Counter, words) { Subjects = Standings, Rate = rate, Count = count, Events = events };

    private static IEnumerable<Signal> Memories() =>
    [
        new("warnings", SignalKind.Memory, "warnings by the grid, the present one included") { Subjects = Standings, Count = ClauseMeasure.WarningCount, Events = "warnings" },
        new("suspensions", SignalKind.Memory, "suspensions by the grid, the present one included") { Subjects = Standings, Count = ClauseMeasure.SuspensionCount, Events = "suspensions" },
    ];

    private static IEnumerable<Signal> Findings() => FindingNames.All.Select(f => Reported(f.Name, SignalKind.Finding, f.Words, "findings"));

    private static IEnumerable<Signal> Listings() =>
        new[] { "spamhaus", "surbl", "uribl", "sorbs", "spamcop", "maps", "isp", "relay-block", "other" }
            .Select(list => Reported("listing." + list, SignalKind.Listing, list == "other" ? "in another blocklist that is trusted" : $"listed by {list}", "listings"));

    private static IEnumerable<Signal> Verdicts() => FindingNames.Verdicts.Select(v => Reported(v.Name, SignalKind.Verdict, v.Words, "verdicts"));

    private static Signal Reported(string name, SignalKind kind, string words, string events) =>
        new(name, kind, words) { Subjects = Reports, Count = ClauseMeasure.EventCount, Events = events };
}
