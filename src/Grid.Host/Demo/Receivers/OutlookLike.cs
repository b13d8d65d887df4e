using System.Net;

namespace Grid.Host.Demo.Receivers;

/// <summary>Blocks one sending address, once it has sent so many messages, with 550 5.7.1 (S3140).</summary>
internal sealed class OutlookLike(string domain, ReplyBook replies, IPAddress blocked, int after) : Receiver("outlook", domain, replies)
{
    private long _fromBlocked;

    protected override Situation JudgeSender(IPAddress peer) =>
        peer.Equals(blocked) && Interlocked.Increment(ref _fromBlocked) > after ? Situation.Blocked : Situation.Accepted;
}
