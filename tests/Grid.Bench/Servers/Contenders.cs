namespace Grid.Bench.Servers;

/// <summary>All that can be compared, by the keys of <c>--only</c>.</summary>
internal static class Contenders
{
    /// <summary>Key of the bare loopback.</summary>
    public const string Ceiling = "ceiling";

    /// <summary>Key of the grid.</summary>
    public const string Grid = "grid";

    /// <summary>Key of a Postfix that retries within seconds, for parts that measure loss rather than speed.</summary>
    public const string PostfixQuick = "postfix-quick";

    private static readonly string[] Usual = [Ceiling, Grid, "postfix", "opensmtpd", "haraka", "haraka2"];

    /// <summary>The chosen contenders that can run here; those that can't are named on the console and left out.</summary>
    /// <exception cref="BenchException">A key is unknown, or none can run.</exception>
    public static IReadOnlyList<Contender> Choose(BenchOptions options, GridHostBinary host, params IReadOnlyList<string> usual)
    {
        var all = All(host);
        var chosen = new List<Contender>();
        foreach (var key in options.Only ?? (usual.Count > 0 ? usual : Usual))
        {
            var contender = all.FirstOrDefault(one => one.Key == key)
                ?? throw new BenchException($"--only has {key}, and knows {string.Join(", ", all.Select(one => one.Key))}");
            if (contender.Missing() is { } missing)
            {
                Console.WriteLine($"left out: {contender.Name}: needs {missing}");
            }
            else
            {
                chosen.Add(contender);
            }
        }

        return chosen.Count > 0 ? chosen : throw new BenchException("nothing of what was chosen can run here");
    }

    private static Contender[] All(GridHostBinary host) =>
    [
        new(Ceiling, "loopback ceiling", () => null, (_, receiver) => new Direct(receiver)),
        new(Grid, "Grid", host.Missing, (place, receiver) => new GridServer(place, host, [new GridRoute("*", receiver)])),
        new("grid-dkim", "Grid, signing (DKIM)", host.Missing, (place, receiver) => new GridServer(place, host, [new GridRoute("*", receiver)], signs: true)),
        new("postfix-opendkim", "Postfix tuned, 20 out, with opendkim", () => PostfixServer.Missing() ?? OpenDkim.Missing(), (place, receiver) => new PostfixServer(place, receiver, new PostfixTuning(true, Signs: true))),
        new("postfix", "Postfix tuned, 20 out", PostfixServer.Missing, (place, receiver) => new PostfixServer(place, receiver, new PostfixTuning(true))),
        new("postfix-100", "Postfix tuned, 100 out", PostfixServer.Missing, (place, receiver) => new PostfixServer(place, receiver, new PostfixTuning(true, 100))),
        new(PostfixQuick, "Postfix tuned, quick retries", PostfixServer.Missing, (place, receiver) => new PostfixServer(place, receiver, new PostfixTuning(true, QuickRetries: true))),
        new("postfix-stock", "Postfix stock", PostfixServer.Missing, (place, receiver) => new PostfixServer(place, receiver, new PostfixTuning(false))),
        // Measured cold: once idle, its connections linger for ten seconds before it opens new ones, and a warm-up would cost it those.
        new("opensmtpd", "OpenSMTPD tuned (no fsync)", OpenSmtpdServer.Missing, (place, receiver) => new OpenSmtpdServer(place, receiver), Warm: false),
        new("haraka", "Haraka, 1 worker", HarakaServer.Missing, (place, receiver) => new HarakaServer(place, receiver, 1)),
        new("haraka2", "Haraka, 2 workers", HarakaServer.Missing, (place, receiver) => new HarakaServer(place, receiver, 2)),
        new("exim", "Exim", EximServer.Missing, (place, receiver) => new EximServer(place, receiver)),
    ];
}
