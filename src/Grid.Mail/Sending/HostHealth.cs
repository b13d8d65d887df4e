using System.Collections.Concurrent;
using Grid.Core.Vocabulary;

namespace Grid.Mail.Sending;

/// <summary>
/// Order in which a domain's hosts are tried. A host that nobody reached goes behind the others for a minute, so that not each connection
/// waits for a dead one first. Remembers at most 10,000 hosts.
/// </summary>
internal sealed class HostHealth(TimeProvider clock)
{
    private const int MostHosts = 10_000;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _restsUntil = new(StringComparer.Ordinal);

    /// <summary>Names by preference, equal ones in random order (RFC 5321 5.1), unreachable ones last.</summary>
    public IEnumerable<string> Order(IReadOnlyList<MailHost> hosts)
    {
        var now = clock.GetUtcNow();
        var shuffled = hosts.ToArray();
        Random.Shared.Shuffle(shuffled);
        return shuffled.OrderBy(h => _restsUntil.TryGetValue(h.Name, out var until) && until > now).ThenBy(h => h.Preference).Select(h => h.Name);
    }

    public void Reached(string host) => _restsUntil.TryRemove(host, out _);

    public void NotReached(string host)
    {
        if (_restsUntil.Count >= MostHosts)
        {
            _restsUntil.Clear();
        }

        _restsUntil[host] = clock.GetUtcNow() + Rest;
    }
}
