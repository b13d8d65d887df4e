namespace Grid.Host.Api;

/// <summary>Counts the requests that wait for events, so that no tenant holds more than its share of connections.</summary>
public sealed class EventStreams
{
    /// <summary>Most at once of one tenant.</summary>
    public const int MaxOfTenant = 10;

    /// <summary>Most at once.</summary>
    public const int Max = 1000;

    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _total;

    /// <summary>Takes a place; null when all are taken. Dispose of it to leave.</summary>
    public IDisposable? TryEnter(string tenant)
    {
        lock (_gate)
        {
            var own = _open.GetValueOrDefault(tenant);
            if (_total >= Max || own >= MaxOfTenant)
            {
                return null;
            }

            _open[tenant] = own + 1;
            _total++;
            return new Place(this, tenant);
        }
    }

    private void Leave(string tenant)
    {
        lock (_gate)
        {
            _total--;
            if (--_open[tenant] == 0)
            {
                _open.Remove(tenant);
            }
        }
    }

    private sealed class Place(EventStreams streams, string tenant) : IDisposable
    {
        public void Dispose() => streams.Leave(tenant);
    }
}
