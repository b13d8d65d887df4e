namespace Grid.Bench.Load;

/// <summary>What one run of one load through one server came to.</summary>
/// <param name="Accepted">Messages a second that the server took, while it was delivering.</param>
/// <param name="EndToEnd">Messages a second from the injector's start to the last message at the receiver.</param>
/// <param name="ProcessorMs">Processor time of the server's own processes per message, in milliseconds.</param>
/// <param name="PeakMemoryBytes">Most of its proportional set size that was seen.</param>
internal sealed record RelayFigures(double Accepted, double EndToEnd, double ProcessorMs, double PeakMemoryBytes);
