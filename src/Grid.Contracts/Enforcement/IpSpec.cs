namespace Grid.Contracts.Enforcement;

/// <summary>A sending IP as the operator describes it.</summary>
/// <param name="Pool">The pool that it serves.</param>
/// <param name="Ehlo">Host name that it greets with.</param>
/// <param name="MaxRate">Most messages over it, as "300/min"; null = no limit.</param>
/// <param name="Warmup">Its warm-up; null = none.</param>
[GenerateSerializer, Immutable, Alias("grid.ip-spec")]
public sealed record IpSpec([property: Id(0)] string Pool, [property: Id(1)] string Ehlo, [property: Id(2)] string? MaxRate, [property: Id(3)] WarmupSpec? Warmup = null)
{
    /// <summary>Name of the policy that it is under; null: default.</summary>
    [Id(4)]
    public string? Policy { get; init; }

    /// <summary>HOST:PORT of the proxy through which its connections go (PROXY protocol, version 2), as the address is none of this host's; null: it is.</summary>
    [Id(5)]
    public string? Proxy { get; init; }
}
