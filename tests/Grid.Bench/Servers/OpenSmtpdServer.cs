using Grid.Bench.Children;

namespace Grid.Bench.Servers;

/// <summary>
/// OpenSMTPD with its relay, session and message limits lifted. Its paths are compiled in: the spool is /var/spool/smtpd, which the
/// bench empties before and after, and its users are opensmtpd and opensmtpq, which the bench creates where they lack.
/// </summary>
internal sealed class OpenSmtpdServer : IMailServer
{
    /// <summary>Names the root of an unpacked package; unset for the binary on the path.</summary>
    public const string Variable = "GRID_BENCH_OPENSMTPD";

    private const string Spool = "/var/spool/smtpd";
    private const string Chroot = "/var/lib/opensmtpd/empty";
    private readonly Workplace place;
    private readonly string folder;
    private readonly int receiver;
    private Child? child;

    public OpenSmtpdServer(Workplace place, int receiver)
    {
        this.place = place;
        this.receiver = receiver;
        folder = place.NewFolder("opensmtpd");
        Port = Workplace.FreePort();
        Owner.Ensure("opensmtpd", Chroot);
        Owner.Ensure("opensmtpq", Chroot);
        Directory.CreateDirectory(Chroot);
        Directory.CreateDirectory(Spool);
        File.SetUnixFileMode(Spool, (UnixFileMode)0b111_001_001);
        EmptySpool();
        WriteConfiguration();
    }

    /// <summary>Why it can't run; null when it can.</summary>
    public static string? Missing() =>
        Program() is null ? $"opensmtpd (unpack Debian's opensmtpd and libevent-2.1-7, set {Variable} to that folder)"
        : !Native.IsRoot ? "root (OpenSMTPD starts only as root)"
        : null;

    public int Port { get; }

    public int? ProcessId => child?.Id;

    public async Task StartAsync(CancellationToken cancel)
    {
        var libraries = new Dictionary<string, string>();
        if (Environment.GetEnvironmentVariable(Variable) is { } root)
        {
            libraries["LD_LIBRARY_PATH"] = string.Join(':', Directory.EnumerateDirectories(Path.Combine(root, "usr/lib"), "*-linux-gnu"));
        }

        child = Child.Start(Program()!, ["-d", "-f", Path.Combine(folder, "smtpd.conf")], Path.Combine(folder, "log"), environment: libraries);
        await Workplace.ListeningAsync(Port, child, cancel);
    }

    public Task KillAsync() => child?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (child is not null)
        {
            await child.DisposeAsync();
        }

        EmptySpool();
        place.Release(folder);
    }

    private static string? Program()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } root)
        {
            var unpacked = Path.Combine(root, "usr/sbin/smtpd");
            return File.Exists(unpacked) ? unpacked : null;
        }

        return Workplace.Find("smtpctl") is null ? null : Workplace.Find("smtpd");
    }

    private static void EmptySpool()
    {
        foreach (var inside in Directory.EnumerateDirectories(Spool))
        {
            Directory.Delete(inside, recursive: true);
        }
    }

    private void WriteConfiguration() => File.WriteAllText(Path.Combine(folder, "smtpd.conf"), $"""
        smtp limit max-mails 10000000
        smtp max-message-size "35M"
        mta limit max-conn-per-host 20
        mta limit max-conn-per-route 20
        mta limit max-conn-per-source 1000
        mta limit max-conn-per-connector 1000
        mta limit max-conn-per-relay 1000
        mta limit max-conn-per-domain 1000
        mta limit conn-delay-host 0
        mta limit conn-delay-route 0
        mta limit conn-delay-source 0
        mta limit conn-delay-connector 0
        mta limit conn-delay-relay 0
        mta limit conn-delay-domain 0
        mta limit session-mail-max 10000000
        mta limit session-transaction-delay 0
        mta limit session-keepalive 0
        mta limit reconn-delay-route 0
        mta limit task-hiwat 10000
        mta limit task-lowat 5000
        mta limit task-release 1000
        scheduler limit max-inflight 100000
        scheduler limit max-schedule 1000
        listen on 127.0.0.1 port {Port}
        action "out" relay host smtp://127.0.0.1:{receiver}
        match from any for any action "out"

        """);
}
