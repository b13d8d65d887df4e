namespace Grid.Bench.Servers;

/// <summary>How Postfix is set up.</summary>
/// <param name="Tuned">False: as it comes, with the relay host alone. True: process limit 100, connection cache, no intake delay.</param>
/// <param name="Outbound">Connections to the receiver when tuned.</param>
/// <param name="QuickRetries">Retry after 5 s rather than minutes.</param>
/// <param name="Signs">opendkim signs every message, as a milter; what it can't sign isn't taken.</param>
internal sealed record PostfixTuning(bool Tuned, int Outbound = 20, bool QuickRetries = false, bool Signs = false);
