using Grid.Grains.Queue;

namespace Grid.Grains.Sending;

/// <summary>
/// Places for connections in this process: at each site, all sending IPs together, within the share that the site's grain gives; and on
/// each lane, from one IP to one site, within what the lane's grain gives. Guarantees that the limits hold over all sets of hosts that
/// a site has; and that whoever was turned away is called, in order, as places become free.
/// </summary>
public sealed class SiteConnections
{
    /// <summary>Called for each place that becomes free: some of them may find that their lane has none.</summary>
    private const int Called = 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Places> _sites = new(StringComparer.Ordinal);

    /// <summary>Connections open now.</summary>
    public int Total
    {
        get
        {
            lock (_gate)
            {
                return _sites.Values.Sum(s => s.Open);
            }
        }
    }

    /// <summary>Takes a place; false when the site's or the lane's limit is reached: the queue is called when one is free.</summary>
    public bool TryTake(SenderLane lane)
    {
        lock (_gate)
        {
            if (!_sites.TryGetValue(lane.Queue.Route.Site, out var site))
            {
                _sites[lane.Queue.Route.Site] = site = new();
            }

            var (siteLimit, laneLimit) = (lane.Queue.SitePermits.MaxConnections, lane.LanePermits.MaxConnections);
            if ((siteLimit > 0 && site.Open >= siteLimit) || (laneLimit > 0 && site.Lanes.GetValueOrDefault(lane.Ip) >= laneLimit))
            {
                site.Stand(lane.Queue);
                return false;
            }

            site.Open++;
            site.Lanes[lane.Ip] = site.Lanes.GetValueOrDefault(lane.Ip) + 1;
            site.Destinations[lane.Queue.Route.Destination] = site.Destinations.GetValueOrDefault(lane.Queue.Route.Destination) + 1;
            site.Sit(lane.Queue);
            return true;
        }
    }

    public void Release(SenderLane lane)
    {
        var waiting = new List<ReadyQueue>();
        lock (_gate)
        {
            var site = _sites[lane.Queue.Route.Site];
            site.Open--;
            Leave(site.Lanes, lane.Ip);
            Leave(site.Destinations, lane.Queue.Route.Destination);
            while (waiting.Count < Called && site.Waiting.First is { Value: var next })
            {
                site.Sit(next);
                waiting.Add(next);
            }

            if (site.Open == 0 && site.Waiting.Count == 0)
            {
                _sites.Remove(lane.Queue.Route.Site);
            }
        }

        // Whoever finds no place after all stands in line again.
        waiting.ForEach(queue => queue.Want());
    }

    /// <summary>True while more connections stand than the lane's limit allows, as it was lowered.</summary>
    public bool IsOver(SenderLane lane)
    {
        var limit = lane.LanePermits.MaxConnections;
        lock (_gate)
        {
            return limit > 0 && _sites.TryGetValue(lane.Queue.Route.Site, out var site) && site.Lanes.GetValueOrDefault(lane.Ip) > limit;
        }
    }

    /// <summary>True where others use, or wait for, the same site's places: a connection that has nothing to do is in their way.</summary>
    public bool IsShared(SenderLane lane)
    {
        lock (_gate)
        {
            return _sites.TryGetValue(lane.Queue.Route.Site, out var site) && (site.Destinations.Count > 1 || site.Waiting.Count > 0);
        }
    }

    private static void Leave(Dictionary<string, int> counts, string key)
    {
        if (--counts[key] == 0)
        {
            counts.Remove(key);
        }
    }

    private sealed class Places
    {
        public int Open { get; set; }

        public Dictionary<string, int> Lanes { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, int> Destinations { get; } = new(StringComparer.Ordinal);

        public LinkedList<ReadyQueue> Waiting { get; } = new();

        private Dictionary<ReadyQueue, LinkedListNode<ReadyQueue>> Standing { get; } = [];

        public void Stand(ReadyQueue queue)
        {
            if (!Standing.ContainsKey(queue))
            {
                Standing[queue] = Waiting.AddLast(queue);
            }
        }

        public void Sit(ReadyQueue queue)
        {
            if (Standing.Remove(queue, out var place))
            {
                Waiting.Remove(place);
            }
        }
    }
}
