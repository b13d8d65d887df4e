using Grid.Contracts.Enforcement;
using Grid.Grains.Admission;
using Grid.Grains.Queue;

namespace Grid.Grains.Sending;

/// <summary>What a sender's connections share: their IP, their queue, their permits and the word to stop.</summary>
public sealed record SenderLane(string Ip, IpSpec Spec, ReadyQueue Queue, PermitBlock IpPermits, PermitBlock LanePermits, CancellationToken Stopping);
