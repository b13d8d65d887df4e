using Grid.Core.Vocabulary;

namespace Grid.Core.Admission;

/// <summary>What holds from one IP to one site at an instant.</summary>
/// <param name="SuspendedBy">Nothing may go, until its end; null: mail may go.</param>
/// <param name="Connections">Most connections; 0 = no limit.</param>
/// <param name="MessagesPerConnection">Most messages over one; 0 = no limit.</param>
/// <param name="Rate">Most recipients in a time; null = no limit.</param>
public readonly record struct LaneLimits(LaneMeasure? SuspendedBy, int Connections, int MessagesPerConnection, Rate? Rate);
