using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;
using Grid.Grains.Admission;
using Grid.Grains.Queue;

namespace Grid.Grains.Sending;

/// <summary>Puts together what a sender's connections share, and lets go of it.</summary>
public sealed class SenderLanes(ReadyQueues queues, PoolDirectory pools, PermitBook book, SenderStop stop)
{
    /// <summary>The lane as it is now: the one at hand, or another where its IP or its queue has changed. Null where there is nothing to send from or to.</summary>
    public SenderLane? Find(SenderLane? atHand, string ip, string destination)
    {
        if (!pools.All.TryGetValue(ip, out var spec) || queues.Find(spec.Pool, destination) is not { } queue)
        {
            Leave(atHand);
            return null;
        }

        if (atHand?.Spec == spec && atHand.Queue == queue)
        {
            return atHand;
        }

        Leave(atHand);
        return new(ip, spec, queue, book.Enter(PermitKind.Send, Subject.Ip(ip)), book.Enter(PermitKind.Send, Subject.Lane(ip, queue.Route.Site)), stop.Token);
    }

    /// <summary>Gives its permits back.</summary>
    public void Leave(SenderLane? lane)
    {
        if (lane is not null)
        {
            book.Leave(lane.IpPermits);
            book.Leave(lane.LanePermits);
        }
    }
}
