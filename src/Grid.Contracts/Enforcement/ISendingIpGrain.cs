using Grid.Core.Admission;

namespace Grid.Contracts.Enforcement;

/// <summary>A sending IP; key = its address in canonical text ("0.0.0.0" sends from whichever address the system picks).</summary>
[Alias("grid.ip")]
public interface ISendingIpGrain : IAccountGrain
{
    /// <summary>Null when it isn't one of ours.</summary>
    [Alias("find")]
    ValueTask<IpSpec?> Find();

    /// <summary>What its warm-up allows toward a site, after taking back what wasn't used: all that is wanted where there is no warm-up. Saved before it is answered.</summary>
    [Alias("warm")]
    ValueTask<WarmupGrant> Warm(string site, int wanted, int unused);

    /// <summary>Its warm-up today; null where it has none.</summary>
    [Alias("warmup")]
    ValueTask<WarmupView?> Warmup();

    /// <summary>Sends nothing until then, as a receiver's words demand it; survives restarts. A rest that ends later stays.</summary>
    [Alias("rest")]
    ValueTask Rest(DateTimeOffset until, string words);

    /// <summary>Adds or changes; true when it was added.</summary>
    [Alias("put")]
    ValueTask<bool> Put(IpSpec spec);
}
