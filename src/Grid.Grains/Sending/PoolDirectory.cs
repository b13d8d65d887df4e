using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Grains.Enforcement;

namespace Grid.Grains.Sending;

/// <summary>Which sending IPs serve which pool. Read from the registry at start, after each change here, and every few seconds for changes made elsewhere.</summary>
public sealed class PoolDirectory(IRegistry registry)
{
    private const int Page = 500;

    private volatile IReadOnlyDictionary<string, IpSpec> _ips = new Dictionary<string, IpSpec>();

    /// <summary>Called after each change.</summary>
    public event Action? Changed;

    /// <summary>Every sending IP.</summary>
    public IReadOnlyDictionary<string, IpSpec> All => _ips;

    /// <summary>The IPs of a pool.</summary>
    public IEnumerable<KeyValuePair<string, IpSpec>> In(string pool) => _ips.Where(ip => ip.Value.Pool == pool);

    public async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        var ips = new Dictionary<string, IpSpec>(StringComparer.Ordinal);
        for (var after = ""; ;)
        {
            var page = await registry.ListAsync(Registered.Ip, after, Page, cancellationToken);
            foreach (var (address, json) in page)
            {
                ips[address] = Registered.Read<IpSpec>(json);
            }

            if (page.Count < Page)
            {
                break;
            }

            after = page[^1].Key;
        }

        if (ips.Count != _ips.Count || ips.Any(ip => !_ips.TryGetValue(ip.Key, out var known) || known != ip.Value))
        {
            _ips = ips;
            Changed?.Invoke();
        }
    }
}
