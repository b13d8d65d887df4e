namespace Grid.Host.Api.Model;

/// <summary>A message that was withdrawn.</summary>
/// <param name="Cancelled">Recipients that will not be sent to any more.</param>
public sealed record CancelledBody(string Id, int Cancelled);
