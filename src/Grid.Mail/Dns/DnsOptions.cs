using System.Net;

namespace Grid.Mail.Dns;

/// <summary>How names are looked up.</summary>
public sealed record DnsOptions
{
    /// <summary>Recursive resolvers, 1 to 16, the preferred first.</summary>
    public required IReadOnlyList<IPEndPoint> Servers { get; init; }

    /// <summary>Wait for one server's answer the first time round, 100 ms to 30 s; doubles with each round; default 1.5 s.</summary>
    public TimeSpan FirstTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Rounds through the servers, 1 to 5; default 3.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Longest look-up of all, chains of names included; default 20 s.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Answers kept, 100 to 10,000,000; default 100,000.</summary>
    public int CacheEntries { get; init; } = 100_000;

    /// <summary>Memory for answers kept, in bytes, 64 KiB to 4 GiB; default 64 MiB.</summary>
    public long CacheBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Questions on the wire at once, 1 to 10,000; further ones wait; default 500.</summary>
    public int MostQuestions { get; init; } = 500;

    /// <summary>How long a failure is remembered, so that a broken domain isn't asked for with each of its messages (RFC 2308 7 allows 5 min); default 5 s.</summary>
    public TimeSpan FailureTtl { get; init; } = TimeSpan.FromSeconds(5);
}
