using System.Globalization;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;
using Grid.Host.Demo.Tenants;

namespace Grid.Host.Demo;

/// <summary>What the demo promises to show, and what of it has been seen. Each is judged on what the API says, never on what was sent.</summary>
internal sealed class Promises(Journal journal)
{
    private const int Flowing = 1000;
    private const int Held = 100;
    private const int PutOff = 50;
    private const int EnoughComplaints = 5;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static readonly IReadOnlyList<Promise> All =
    [
        new("mail flows", now => now.Delivered < Flowing ? null : string.Create(Invariant, $"{now.Delivered:N0} delivered")),
        new($"tenant/{Cast.Throttled.Id} is held to its own rate", now =>
            now.Waiting(Cast.Throttled.Id) < Held ? null : string.Create(Invariant, $"{now.Waiting(Cast.Throttled.Id):N0} of its messages wait behind {Cast.Throttled.MaxRate}")),
        new($"{Cast.Gmail} puts mail off", now =>
            now.Domains.FirstOrDefault(domain => domain.Domain == Cast.Gmail) is not { Counters.Deferred: >= PutOff } gmail ? null
            : string.Create(Invariant, $"{gmail.Counters.Deferred:N0} attempts were deferred and are tried again")),
        new($"ip/{Cast.Blocked} is rested", now => Decided(now, $"ip/{Cast.Blocked}", Standing.Suspended)),
        new($"tenant/{Cast.Buyer.Id} is warned", now => Decided(now, $"tenant/{Cast.Buyer.Id}", Standing.Warned)),
        new($"tenant/{Cast.Buyer.Id} is suspended", now => Decided(now, $"tenant/{Cast.Buyer.Id}", Standing.Suspended)),
        new($"tenant/{Cast.Almost.Id} stays below the cutoff", now =>
            now.Tenants.FirstOrDefault(tenant => tenant.Id == Cast.Almost.Id) is not { State: Standing.Active or Standing.Warned, Counters.Complaints: >= EnoughComplaints } almost ? null
            : string.Create(Invariant, $"{almost.Counters.Complaints:N0} complaints of {almost.Counters.Delivered:N0} delivered ({100 * almost.Rates.Complaint:0.###} %), not suspended")),
    ];

    private readonly Dictionary<Promise, string> _kept = [];

    /// <summary>Everything was seen.</summary>
    public bool AllKept => _kept.Count == All.Count;

    /// <summary>What was promised, and its evidence; null for what was not seen.</summary>
    public IEnumerable<(string Words, string? Evidence)> List => All.Select(promise => (promise.Words, _kept.GetValueOrDefault(promise)));

    /// <summary>Holds the promises against a snapshot; what is seen for the first time is told.</summary>
    public void Judge(Snapshot now)
    {
        foreach (var promise in All.Where(promise => !_kept.ContainsKey(promise)))
        {
            if (promise.Evidence(now) is { } evidence)
            {
                _kept[promise] = evidence;
                journal.Add($"seen: {promise.Words} ({evidence})");
            }
        }
    }

    private static string? Decided(Snapshot now, string subject, Standing to) =>
        now.Decisions.FirstOrDefault(decision => decision.Subject == subject && decision.To == to) is { } decision ? $"{decision.Clause}" : null;
}
