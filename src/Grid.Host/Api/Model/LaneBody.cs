using Grid.Contracts.Sending;

namespace Grid.Host.Api.Model;

/// <summary>How fast one sending IP may go to a site just now, and why.</summary>
/// <param name="SuspendedUntil">Nothing goes before; absent while mail goes.</param>
/// <param name="MaxConnections">0 = no limit.</param>
/// <param name="MaxMessagesPerConnection">0 = no limit.</param>
/// <param name="Measures">What rules have done, the first to end first.</param>
public sealed record LaneBody(
    string Ip, DateTimeOffset? SuspendedUntil, int MaxConnections, int MaxMessagesPerConnection, string? MaxRate, IReadOnlyList<LaneMeasureBody> Measures)
{
    public static LaneBody Of(LaneView view) => new(
        view.Ip, view.SuspendedUntil, view.MaxConnections, view.MaxMessagesPerConnection, view.MaxRate?.ToString(), [.. view.Measures.Select(LaneMeasureBody.Of)]);
}
