namespace Grid.Host.Api.Access;

/// <summary>What a key opens.</summary>
/// <param name="Caller">Null when it opens nothing.</param>
/// <param name="Throttled">The address failed too often: it is told to wait.</param>
public readonly record struct KeyVerdict(Caller? Caller, bool Throttled);
