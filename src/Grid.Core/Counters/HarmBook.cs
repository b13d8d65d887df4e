namespace Grid.Core.Counters;

/// <summary>
/// What: whose mail did how much harm to a sending IP, by hour and by day. In: refusals and complaints as they are counted. Out: shares. Plain
/// state, to be saved as JSON. Guarantees: what is older than its stretch is forgotten; at most <see cref="MaxTenants"/> tenants a slot, of
/// which those with the least harm are forgotten first, so that the worst are always there.
/// </summary>
public sealed class HarmBook
{
    /// <summary>Tenants of a slot.</summary>
    public const int MaxTenants = 1000;

    /// <summary>Hours that are remembered, the present one included.</summary>
    public const int Hours = 3;

    /// <summary>Days that are remembered, the present one included.</summary>
    public const int Days = 8;

    private readonly List<HarmSlot> _hours;
    private readonly List<HarmSlot> _days;

    public HarmBook(IReadOnlyList<HarmSlot> slots) =>
        (_hours, _days) = ([.. slots.Where(s => s.Length < TimeSpan.FromDays(1))], [.. slots.Where(s => s.Length >= TimeSpan.FromDays(1))]);

    /// <summary>Everything, to be saved.</summary>
    public IReadOnlyList<HarmSlot> Slots => [.. _hours, .. _days];

    /// <summary>Counts.</summary>
    public void Add(DateTimeOffset at, Harm harm)
    {
        Add(_hours, at, TimeSpan.FromHours(1), Hours, harm);
        Add(_days, at, TimeSpan.FromDays(1), Days, harm);
    }

    /// <summary>Each tenant's share of the refusals in the last hours, or of the complaints in the last days, the largest first.</summary>
    /// <param name="ofComplaints">Of complaints, else of refusals.</param>
    public IReadOnlyList<HarmShare> Shares(bool ofComplaints, DateTimeOffset now)
    {
        var slots = ofComplaints ? _days.Where(s => now - s.From < Days * s.Length) : _hours.Where(s => now - s.From < Hours * s.Length);
        var sums = slots.SelectMany(s => s.Tenants).GroupBy(h => h.Tenant).Select(g => (Tenant: g.Key, Events: g.Sum(h => ofComplaints ? h.Complaints : h.Blocks))).Where(t => t.Events > 0).ToList();
        var all = sums.Sum(t => t.Events);
        return [.. sums.OrderByDescending(t => t.Events).ThenBy(t => t.Tenant, StringComparer.Ordinal).Select(t => new HarmShare(t.Tenant, t.Events, all))];
    }

    private static void Add(List<HarmSlot> slots, DateTimeOffset at, TimeSpan length, int kept, Harm harm)
    {
        var from = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % length.Ticks), TimeSpan.Zero);
        var i = slots.FindIndex(s => s.From == from);
        if (i < 0)
        {
            slots.Add(new(from, length, []));
            slots.Sort(static (a, b) => a.From.CompareTo(b.From));
            slots.RemoveRange(0, Math.Max(0, slots.Count - kept));
            i = slots.FindIndex(s => s.From == from);
        }

        // It may be older than all that are kept.
        if (i >= 0)
        {
            slots[i] = slots[i] with { Tenants = With(slots[i].Tenants, harm) };
        }
    }

    private static List<Harm> With(IReadOnlyList<Harm> tenants, Harm harm)
    {
        var known = tenants.FirstOrDefault(t => t.Tenant == harm.Tenant) ?? new(harm.Tenant, 0, 0);
        List<Harm> next = [.. tenants.Where(t => t.Tenant != harm.Tenant), new(harm.Tenant, known.Blocks + harm.Blocks, known.Complaints + harm.Complaints)];
        if (next.Count > MaxTenants)
        {
            next.Remove(next.MinBy(t => t.Blocks + t.Complaints)!);
        }

        return next;
    }
}
