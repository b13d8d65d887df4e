using Grid.Core.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Contracts.Sending;

/// <summary>How fast one IP may go to one site just now, and why.</summary>
/// <param name="Profile">Shaping profile that it is under.</param>
/// <param name="SuspendedUntil">Nothing goes before; null when mail goes.</param>
/// <param name="MaxConnections">Connections now; 0 = no limit.</param>
/// <param name="MaxMessagesPerConnection">0 = no limit.</param>
/// <param name="MaxRate">Null = no limit.</param>
/// <param name="Measures">In force, the first to end first.</param>
[GenerateSerializer, Immutable, Alias("grid.lane-view")]
public sealed record LaneView(
    [property: Id(0)] string Ip,
    [property: Id(1)] string Site,
    [property: Id(2)] string Profile,
    [property: Id(3)] DateTimeOffset? SuspendedUntil,
    [property: Id(4)] int MaxConnections,
    [property: Id(5)] int MaxMessagesPerConnection,
    [property: Id(6)] Rate? MaxRate,
    [property: Id(7)] IReadOnlyList<LaneMeasure> Measures);
