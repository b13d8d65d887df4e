using System.Net;

namespace Grid.Mail.Dns;

/// <summary>
/// Which server to ask first: those that answer in their configured order, then those that were silent, the one whose rest ends first before
/// the others. A silent server rests for 1 s, doubling with each silence in a row to 60 s. Rested servers are still asked when nobody else answers.
/// </summary>
internal sealed class DnsServerHealth(IReadOnlyList<IPEndPoint> servers, TimeProvider clock)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly int[] _silences = new int[servers.Count];
    private readonly DateTimeOffset[] _restsUntil = new DateTimeOffset[servers.Count];

    /// <summary>All servers, in the order to ask them in.</summary>
    public IReadOnlyList<IPEndPoint> Order()
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            return [.. Enumerable.Range(0, servers.Count).OrderBy(i => _restsUntil[i] <= now ? default : _restsUntil[i]).Select(i => servers[i])];
        }
    }

    /// <summary>The server answered (whatever it said), or was silent.</summary>
    public void Note(IPEndPoint server, bool silent)
    {
        lock (_gate)
        {
            for (var i = 0; i < servers.Count; i++)
            {
                if (!servers[i].Equals(server))
                {
                    continue;
                }

                _silences[i] = silent ? Math.Min(_silences[i] + 1, 16) : 0;
                var rest = FirstRest * Math.Pow(2, _silences[i] - 1);
                _restsUntil[i] = silent ? clock.GetUtcNow() + (rest < LongestRest ? rest : LongestRest) : default;
            }
        }
    }
}
