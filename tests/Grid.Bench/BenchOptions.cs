using System.Globalization;
using Grid.Bench.Load;

namespace Grid.Bench;

/// <summary>What the command line asks for: the part to run, then <c>--name value</c> pairs.</summary>
internal sealed class BenchOptions
{
    private static readonly string[] Known =
    [
        "rounds", "loads", "sessions", "warmup", "only", "grid", "folder", "timeout", "kills", "messages", "size", "rate", "tenants", "visits",
        "seconds", "domains", "callers", "seed", "keep", "drain", "mails", "active",
    ];

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private BenchOptions(string part) => Part = part;

    /// <summary>Name of the part; empty when none was given.</summary>
    public string Part { get; }

    /// <summary>Rounds of a comparison; every round runs every contender once. 1 to 100, default 3.</summary>
    public int Rounds => Int("rounds", 3, 1, 100);

    /// <summary>Concurrent injecting connections. 1 to 200, default 20.</summary>
    public int Sessions => Int("sessions", 20, 1, 200);

    /// <summary>Messages each server gets before it is measured. 0 to 100,000, default 1,000.</summary>
    public int Warmup => Int("warmup", 5_000, 0, 100_000);

    /// <summary>Longest that one run of one contender may take. 10 s to 4 h, default 10 min.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(Int("timeout", 600, 10, 14_400));

    /// <summary>How long a part waits for stragglers that may never come. 5 s to 1 h, default 4 min.</summary>
    public TimeSpan Drain => TimeSpan.FromSeconds(Int("drain", 240, 5, 3_600));

    /// <summary>Processes killed in the kill part. 1 to 100, default 5.</summary>
    public int Kills => Int("kills", 5, 1, 100);

    /// <summary>Seed of the bench's random choices (moments of kills). Default 1.</summary>
    public int Seed => Int("seed", 1, 0, int.MaxValue);

    /// <summary>Callers of the engine part. 1 to 10,000, default 100.</summary>
    public int Callers => Int("callers", 100, 1, 10_000);

    /// <summary>A published Grid.Host.dll; null when the bench publishes one itself.</summary>
    public string? HostAssembly => Text("grid");

    /// <summary>Keep the working folder (logs, configurations) for reading. Default false.</summary>
    public bool Keep => values.ContainsKey("keep");

    /// <summary>Where queues and logs live; should be on the disk that matters. Default the system's temporary folder.</summary>
    public string Folder => Text("folder") ?? Path.GetTempPath();

    /// <summary>Folder of bounces, one a file, for the reports part; null for those that python3-flufl.bounce comes with.</summary>
    public string? Mails => Text("mails");

    /// <summary>Keys of the contenders to run; null for the part's default.</summary>
    public IReadOnlyList<string>? Only => Text("only")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Loads of the comparison, <c>BYTESxMESSAGES</c> by commas. Default 4096x20000,51200x5000.</summary>
    public IReadOnlyList<MailLoad> Loads =>
        [.. (Text("loads") ?? "4096x20000,51200x5000").Split(',').Select(text => MailLoad.Parse(text, Sessions))];

    /// <exception cref="BenchException">An option is unknown or lacks its value.</exception>
    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions(args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "");
        for (var i = options.Part.Length > 0 ? 1 : 0; i < args.Length; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : args[i];
            if (!Known.Contains(name))
            {
                throw new BenchException($"unknown option {args[i]}; known: {string.Join(", ", Known.Select(known => "--" + known))}");
            }

            if (name == "keep")
            {
                options.values[name] = "true";
                continue;
            }

            if (++i == args.Length)
            {
                throw new BenchException($"--{name} lacks its value");
            }

            options.values[name] = args[i];
        }

        return options;
    }

    /// <summary>A whole number with the part's own default, held to its range.</summary>
    /// <exception cref="BenchException">Not a number, or out of range.</exception>
    public int Int(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new BenchException($"--{name} is {text}, and must be a whole number from {least} to {most}");
    }

    private string? Text(string name) => values.GetValueOrDefault(name);
}
