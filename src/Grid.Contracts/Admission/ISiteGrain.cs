namespace Grid.Contracts.Admission;

/// <summary>A site: recipient domains behind one set of mail exchangers, which the receiver counts together. Key = site name.</summary>
[Alias("grid.site")]
public interface ISiteGrain : IPermitGrain
{
    /// <summary>Asks for places for connections to the site, of all sending IPs together; returns how many it got, 0 to <paramref name="wanted"/>.
    /// A place is a lease of <paramref name="lease"/>: it is renewed by asking again with the number in use.</summary>
    [Alias("connections")]
    ValueTask<int> Connections(string sender, int wanted, TimeSpan lease);
}
