namespace Grid.Core.Counters;

/// <summary>
/// What: which sending IPs a recipient domain refuses. In: attempts as they are counted, by IP. Out: whether it is most of the IPs that tried in the
/// last hour; a domain that refuses one IP while others get through has no part in that. Plain state, to be saved as JSON. Guarantees: at most
/// <see cref="MaxIps"/> IPs for each five minutes; further ones aren't asked.
/// </summary>
public sealed class IpBook(IReadOnlyList<IpSlot> slots)
{
    /// <summary>IPs of a slot.</summary>
    public const int MaxIps = 200;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Asked = TimeSpan.FromHours(1);

    private readonly List<IpSlot> _slots = [.. slots];

    /// <summary>Everything, to be saved.</summary>
    public IReadOnlyList<IpSlot> Slots => [.. _slots];

    /// <summary>Counts.</summary>
    public void Add(DateTimeOffset at, IpTally tally)
    {
        var from = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % Length.Ticks), TimeSpan.Zero);
        var i = _slots.FindIndex(slot => slot.From == from);
        if (i < 0)
        {
            _slots.Add(new(from, []));
            _slots.RemoveAll(slot => slot.From + Asked + Length < from);
            i = _slots.Count - 1;
        }

        var known = _slots[i].Ips.FirstOrDefault(ip => ip.Ip == tally.Ip);
        if (known is not null || _slots[i].Ips.Count < MaxIps)
        {
            _slots[i] = _slots[i] with { Ips = [.. _slots[i].Ips.Where(ip => ip.Ip != tally.Ip), new(tally.Ip, tally.Tries + (known?.Tries ?? 0), tally.Blocks + (known?.Blocks ?? 0))] };
        }
    }

    /// <summary>True where more than half of the IPs that tried in the last hour were refused more than half of the time; and where none is known to have tried.</summary>
    public bool IsOfMost(DateTimeOffset now)
    {
        var ips = _slots.Where(slot => now - slot.From < Asked).SelectMany(slot => slot.Ips).GroupBy(ip => ip.Ip)
            .Select(ip => (Tries: ip.Sum(one => one.Tries), Blocks: ip.Sum(one => one.Blocks))).Where(ip => ip.Tries > 0).ToList();
        return ips.Count == 0 || 2 * ips.Count(ip => 2 * ip.Blocks > ip.Tries) > ips.Count;
    }
}
