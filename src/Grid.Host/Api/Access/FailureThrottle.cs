using System.Collections.Concurrent;
using System.Net;

namespace Grid.Host.Api.Access;

/// <summary>
/// Counts failures of authentication by address (IPv6 by its /64): 30 at once, then one every 2 s. Knows at most 10,000 addresses;
/// when that many failed lately, those whose budget is whole again are forgotten, and if none is, all are.
/// </summary>
public sealed class FailureThrottle(TimeProvider clock)
{
    /// <summary>Failures allowed at once.</summary>
    public const int Burst = 30;

    private const int MaxAddresses = 10_000;

    private readonly ConcurrentDictionary<IPAddress, DateTimeOffset> _wholeAgainAt = new();

    /// <summary>One failure's share of the budget.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the address has no failure left.</summary>
    public bool IsExhausted(IPAddress peer) =>
        _wholeAgainAt.TryGetValue(Group(peer), out var at) && at - clock.GetUtcNow() > Interval * (Burst - 1);

    /// <summary>Counts a failure; true when it was one too many.</summary>
    public bool Fail(IPAddress peer)
    {
        if (IsExhausted(peer))
        {
            return true;
        }

        var now = clock.GetUtcNow();
        if (_wholeAgainAt.Count >= MaxAddresses)
        {
            Forget(now);
        }

        _wholeAgainAt.AddOrUpdate(Group(peer), now + Interval, (_, at) => (at > now ? at : now) + Interval);
        return false;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var whole in _wholeAgainAt.Where(entry => entry.Value <= now))
        {
            _wholeAgainAt.TryRemove(whole);
        }

        if (_wholeAgainAt.Count >= MaxAddresses)
        {
            _wholeAgainAt.Clear();
        }
    }

    private static IPAddress Group(IPAddress peer)
    {
        if (peer.IsIPv4MappedToIPv6)
        {
            return peer.MapToIPv4();
        }

        if (peer.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
        {
            return peer;
        }

        Span<byte> bytes = stackalloc byte[16];
        peer.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new(bytes);
    }
}
