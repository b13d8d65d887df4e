using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Sending;

/// <content>What its connections share, as pools and queues are now.</content>
public sealed partial class SenderGrain
{
    private SenderLane? Lane()
    {
        if (!pools.All.TryGetValue(Ip, out var spec) || queues.Find(spec.Pool, Destination) is not { } queue)
        {
            return null;
        }

        if (_lane is null || _lane.Spec != spec || _lane.Queue != queue)
        {
            LeaveLane();
            _lane = new(Ip, spec, queue, book.Enter(PermitKind.Send, Subject.Ip(Ip)), book.Enter(PermitKind.Send, Subject.Lane(Ip, queue.Route.Site)), stop.Token);
        }

        return _lane;
    }

    private void LeaveLane()
    {
        if (_lane is { } lane)
        {
            book.Leave(lane.IpPermits);
            book.Leave(lane.LanePermits);
        }
    }
}
