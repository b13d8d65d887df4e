namespace Grid.System.Tests.Beds.Relays;

/// <summary>Where a relay sends what it has taken: ports on loopback.</summary>
/// <param name="Onward">For all mail but bounces.</param>
/// <param name="Back">For mail to <see cref="BounceDomain"/>: the grid's inbound listener.</param>
internal sealed record RelayWays(int Onward, int Back)
{
    /// <summary>Domain of the grid's return paths.</summary>
    public const string BounceDomain = "bounces.grid.example";
}
