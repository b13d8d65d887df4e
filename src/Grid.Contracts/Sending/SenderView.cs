namespace Grid.Contracts.Sending;

/// <summary>What a sender is doing.</summary>
/// <param name="Connections">Open now.</param>
/// <param name="Failures">Connection failures in a row.</param>
/// <param name="BackOffUntil">It opens no connection before; null when it isn't backing off.</param>
[GenerateSerializer, Immutable, Alias("grid.sender-view")]
public sealed record SenderView(
    [property: Id(0)] string Ip,
    [property: Id(1)] string Site,
    [property: Id(2)] int Connections,
    [property: Id(3)] int Failures,
    [property: Id(4)] DateTimeOffset? BackOffUntil,
    [property: Id(5)] string? LastFailure);
