using Grid.Bench.Children;

namespace Grid.Bench.Servers;

/// <summary>One row of a comparison.</summary>
/// <param name="Key">Its name on the command line.</param>
/// <param name="Name">Its name in tables.</param>
/// <param name="Missing">What would have to be installed; null when it can run.</param>
/// <param name="Create">Makes one, not yet started, that relays to a receiver on the given port.</param>
/// <param name="Warm">Whether it gets some mail before it is measured.</param>
internal sealed record Contender(string Key, string Name, Func<string?> Missing, Func<Workplace, int, IMailServer> Create, bool Warm = true);
