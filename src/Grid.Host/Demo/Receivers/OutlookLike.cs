using System.Net;

namespace Grid.Host.Demo.Receivers;

/// <summary>
/// Is busy for one message in 200 of an address (451 4.7.500), and blocks one sending address, once it has sent so many messages, with
/// 550 5.7.1 (S3140).
/// </summary>
internal sealed class OutlookLike(string domain, ReplyBook replies, IPAddress blocked, int after) : Receiver("outlook", domain, replies)
{
    /// <summary>Of so many messages of an address one is put off.</summary>
    public const int BusyOneIn = 200;

    private readonly PeerTable<Tally> _messages = new(() => new());

    protected override Situation JudgeSender(IPAddress peer)
    {
        var count = _messages.With(peer, tally => ++tally.Count);
        return count > after && peer.Equals(blocked) ? Situation.Blocked
            : count % BusyOneIn == 0 ? Situation.RateLimited
            : Situation.Accepted;
    }
}
