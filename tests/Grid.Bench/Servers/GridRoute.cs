namespace Grid.Bench.Servers;

/// <summary>Where the grid delivers a domain's mail instead of asking DNS: a port of 127.0.0.1, without TLS.</summary>
internal sealed record GridRoute(string Domain, int Port);
