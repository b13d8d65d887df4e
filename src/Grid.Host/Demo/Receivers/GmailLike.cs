using System.Net;
using Grid.Core.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Host.Demo.Receivers;

/// <summary>
/// Limits the rate of each sending address with 421 4.7.28, and greylists one recipient in forty: the first attempt is put off, and
/// any that comes sooner than <see cref="GreylistFor"/> after it.
/// </summary>
internal sealed class GmailLike(string domain, ReplyBook replies, Rate ratePerIp, TimeProvider clock) : Receiver("gmail", domain, replies)
{
    /// <summary>How long a greylisted recipient is put off.</summary>
    public static readonly TimeSpan GreylistFor = TimeSpan.FromSeconds(4);

    private const int GreylistOneIn = 40;
    private const int MaxGreylisted = 10_000;

    private readonly PeerTable<CellRateLimiter> _limiters = new(() => new(ratePerIp, clock.GetUtcNow(), spent: false));
    private readonly Dictionary<string, DateTimeOffset> _firstSeen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    protected override Situation JudgeSender(IPAddress peer) =>
        _limiters.With(peer, limiter => limiter.Take(1, clock.GetUtcNow()).Count) == 1 ? Situation.Accepted : Situation.RateLimited;

    protected override Situation JudgeRecipient(string address)
    {
        if (address.Sum(c => c) % GreylistOneIn != 0)
        {
            return Situation.Accepted;
        }

        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_firstSeen.TryGetValue(address, out var first))
            {
                return now - first >= GreylistFor ? Situation.Accepted : Situation.Greylisted;
            }

            if (_firstSeen.Count >= MaxGreylisted)
            {
                _firstSeen.Clear();
            }

            _firstSeen[address] = now;
            return Situation.Greylisted;
        }
    }
}
