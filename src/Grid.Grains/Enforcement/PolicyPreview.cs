using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>
/// What: says what a draft would have decided on what was recorded. In: a compiled draft, a stretch of time. Out: <see cref="PreviewResult"/>.
/// Guarantees that nothing changes; that tenants and sending IPs are those under the policy of that name (all, where there is none yet),
/// recipient domains those of the default policy; that each begins where the ledger has it when the stretch begins. Outcomes past their
/// retention are taken by day. Reads in pages; holds the counters of the subjects in memory.
/// </summary>
public sealed class PolicyPreview(IOutcomeHistory history, ILedger ledger, IRegistry registry, PolicyBook policies)
{
    public const int MaxChanges = 100_000;
    private const int Page = 1000;

    public async ValueTask<PreviewResult> RunAsync(
        string name, EnforcementPolicy draft, DateTimeOffset from, DateTimeOffset to, Func<PreviewProgress, ValueTask> progress, CancellationToken cancellationToken)
    {
        var warmUp = from - draft.Windows.Max(w => w.Length + w.Slot);
        var (starts, events) = await ReadLedgerAsync(from, to, cancellationToken);
        var tenants = await UnderAsync<TenantSpec>(Registered.Tenant, spec => spec.Policy == name, cancellationToken);
        var ips = await UnderAsync<IpSpec>(Registered.Ip, spec => spec.Policy is not null, cancellationToken);
        var ownIps = await UnderAsync<IpSpec>(Registered.Ip, spec => spec.Policy == name, cancellationToken);
        var isFirst = await policies.FindAsync(name) is null;
        var changes = new List<ReplayedChange>();
        var more = 0L;
        var replay = new PolicyReplay(draft, IsUnder, subject => starts.GetValueOrDefault(subject), from, change =>
        {
            if (changes.Count < MaxChanges)
            {
                changes.Add(change);
            }
            else
            {
                more++;
            }
        });

        var waiting = new Queue<Decision>(events.Where(e => e.Kind == DecisionKind.Finding || e.By == "operator"));
        await foreach (var days in history.DaysAsync(DateOnly.FromDateTime(warmUp.UtcDateTime), DateOnly.FromDateTime(to.UtcDateTime), cancellationToken))
        {
            foreach (var day in days)
            {
                replay.Next(day);
            }
        }

        await foreach (var page in Ahead(history.ReadAsync(warmUp, to, cancellationToken)))
        {
            foreach (var record in page)
            {
                while (waiting.TryPeek(out var next) && next.At <= record.At)
                {
                    replay.Next(waiting.Dequeue());
                }

                replay.Next(record);
            }

            await progress(new(replay.Outcomes, page[^1].At));
        }

        while (waiting.TryDequeue(out var rest))
        {
            replay.Next(rest);
        }

        replay.End(to);
        changes.Sort(static (a, b) => a.At.CompareTo(b.At));
        return new(changes, Spared(events, changes), replay.Outcomes, replay.LeftOut + more);

        bool IsUnder(Subject subject) => subject.Kind == SubjectKind.Tenant ? isFirst || tenants.Contains(subject.Key)
            : subject.Kind == SubjectKind.Ip && ips.Contains(subject.Key) ? isFirst || ownIps.Contains(subject.Key)
            : name == PolicyBook.Default || isFirst;
    }

    /// <summary>Where each subject stood when the stretch begins, and what the ledger has within it.</summary>
    private async ValueTask<(Dictionary<Subject, StandingState> Starts, List<Decision> Events)> ReadLedgerAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var starts = new Dictionary<Subject, StandingState>();
        var events = new List<Decision>();
        for (var after = 0L; ;)
        {
            var page = await ledger.ReadForwardAsync(after, Page, cancellationToken);
            foreach (var decision in page.Select(entry => entry.Decision).Where(d => d.At < to && d.Kind is DecisionKind.Transition or DecisionKind.Finding))
            {
                if (decision.At >= from)
                {
                    events.Add(decision);
                }
                else if (decision.Kind == DecisionKind.Transition)
                {
                    starts[decision.Subject] = decision.State ?? new() { Standing = decision.To, Since = decision.At, CureDue = decision.CureDue, WarnedClause = decision.Clause, WindowsFrom = decision.At };
                }
            }

            if (page.Count < Page)
            {
                return (starts, events);
            }

            after = page[^1].Link;
        }
    }

    private async ValueTask<HashSet<string>> UnderAsync<T>(string kind, Func<T, bool> isUnder, CancellationToken cancellationToken)
        where T : class
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var after = ""; ;)
        {
            var page = await registry.ListAsync(kind, after, Page, cancellationToken);
            found.UnionWith(page.Where(entry => isUnder(Registered.Read<T>(entry.Value))).Select(entry => entry.Key));
            if (page.Count < Page)
            {
                return found;
            }

            after = page[^1].Key;
        }
    }

    /// <summary>The same pages; the next one is being read while one is gone through.</summary>
    private static async IAsyncEnumerable<T> Ahead<T>(IAsyncEnumerable<T> pages)
    {
        var reader = pages.GetAsyncEnumerator();
        var next = reader.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                var page = reader.Current;
                next = reader.MoveNextAsync().AsTask();
                yield return page;
            }
        }
        finally
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await reader.DisposeAsync();
        }
    }

    private static List<Decision> Spared(List<Decision> events, List<ReplayedChange> changes)
    {
        var worst = changes.GroupBy(c => c.Subject).ToDictionary(g => g.Key, g => g.Max(c => c.To));
        return [.. events
            .Where(d => d is { Kind: DecisionKind.Transition, By: "grid" } && d.To > Standing.Active && d.To > d.From)
            .GroupBy(d => d.Subject)
            .Select(g => g.MaxBy(d => d.To)!)
            .Where(d => worst.GetValueOrDefault(d.Subject) < d.To)];
    }
}
