using Grid.Contracts.Counters;
using Grid.Core.Counters;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Counters;

/// <summary>Outcome records as what grains count.</summary>
internal static class CounterEntries
{
    /// <summary>Records by the subjects that they concern, in their order.</summary>
    public static Dictionary<Subject, List<OutcomeRecord>> BySubject(IEnumerable<OutcomeRecord> records)
    {
        var groups = new Dictionary<Subject, List<OutcomeRecord>>();
        foreach (var record in records)
        {
            Own(Subject.Tenant(record.Tenant)).Add(record);
            if (OutcomeProjection.ConcernsDomain(record))
            {
                Own(Subject.Domain(record.Domain)).Add(record);
            }

            if (record.Ip.Length > 0)
            {
                Own(Subject.Ip(record.Ip)).Add(record);
            }
        }

        return groups;

        List<OutcomeRecord> Own(Subject subject)
        {
            if (!groups.TryGetValue(subject, out var own))
            {
                groups[subject] = own = [];
            }

            return own;
        }
    }

    /// <summary>Whether a subject counts the record.</summary>
    public static bool Concerns(OutcomeRecord r, Subject subject) => subject.Kind switch
    {
        SubjectKind.Tenant => r.Tenant == subject.Key,
        SubjectKind.Ip => r.Ip == subject.Key,
        SubjectKind.Domain => r.Domain == subject.Key && OutcomeProjection.ConcernsDomain(r),
        _ => false,
    };

    /// <summary>What a record adds, and what it takes back of an earlier delivery.</summary>
    public static IEnumerable<CounterEntry> Of(OutcomeRecord record, bool byIp = false)
    {
        yield return One(record, byIp);
        if (record.DeliveredAt is { } deliveredAt && OutcomeProjection.TakenBack(record) is { } taken)
        {
            yield return new(record.Position, deliveredAt, taken);
        }
    }

    /// <summary>Adds up runs of the same second: a busy subject gets one entry a batch, not one a record. Feedback stands alone, so that its judgement is exact.</summary>
    public static List<CounterEntry> Summed(List<OutcomeRecord> records, bool byIp = false)
    {
        var summed = new List<CounterEntry>();
        foreach (var record in records)
        {
            var alone = record.Kind is OutcomeKind.Complained or OutcomeKind.Unsubscribed || record.DeliveredAt is not null;
            if (!alone && summed.Count > 0 && summed[^1] is var last && last.At.ToUnixTimeSeconds() == record.At.ToUnixTimeSeconds())
            {
                var next = One(record, byIp);
                summed[^1] = last with { Position = record.Position, Totals = last.Totals + next.Totals, Harm = Sum(last.Harm, next.Harm), Ips = Sum(last.Ips, next.Ips) };
            }
            else
            {
                summed.AddRange(Of(record, byIp));
            }
        }

        return summed;
    }

    /// <summary>By tenant: a flood of refusals stays as short as the list of those behind it.</summary>
    private static IReadOnlyList<Harm>? Sum(IReadOnlyList<Harm>? sum, IReadOnlyList<Harm>? more)
    {
        if (sum is null || more is null)
        {
            return sum ?? more;
        }

        var next = sum as List<Harm> ?? [.. sum];
        foreach (var harm in more)
        {
            var at = next.FindIndex(known => known.Tenant == harm.Tenant);
            if (at < 0)
            {
                next.Add(harm);
            }
            else
            {
                next[at] = new(harm.Tenant, next[at].Blocks + harm.Blocks, next[at].Complaints + harm.Complaints);
            }
        }

        return next;
    }

    private static IReadOnlyList<IpTally>? Sum(IReadOnlyList<IpTally>? sum, IReadOnlyList<IpTally>? more)
    {
        if (sum is null || more is null)
        {
            return sum ?? more;
        }

        var next = sum as List<IpTally> ?? [.. sum];
        foreach (var tally in more)
        {
            var at = next.FindIndex(known => known.Ip == tally.Ip);
            if (at < 0)
            {
                next.Add(tally);
            }
            else
            {
                next[at] = new(tally.Ip, next[at].Tries + tally.Tries, next[at].Blocks + tally.Blocks);
            }
        }

        return next;
    }

    private static CounterEntry One(OutcomeRecord record, bool byIp)
    {
        var totals = OutcomeProjection.Of(record);
        var ips = byIp && record.Ip.Length > 0 && totals.Tries > 0 ? new List<IpTally>(1) { new(record.Ip, totals.Tries, totals.Blocks) } : null;
        return new(record.Position, record.At, totals) { Ips = ips, Harm = record.Ip.Length > 0 && (totals.Blocks > 0 || totals.Complaints > 0) ? [new(record.Tenant, totals.Blocks, totals.Complaints)] : null };
    }
}
