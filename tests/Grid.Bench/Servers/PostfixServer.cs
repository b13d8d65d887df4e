using Grid.Bench.Children;

namespace Grid.Bench.Servers;

/// <summary>Postfix with its own configuration, queue and data folders: relays everything, asks no DNS, touches nothing of the system's.</summary>
internal sealed class PostfixServer : IMailServer
{
    private readonly Workplace place;
    private readonly string folder;
    private readonly int receiver;
    private readonly PostfixTuning tuning;
    private readonly OpenDkim? signer;
    private Child? child;

    public PostfixServer(Workplace place, int receiver, PostfixTuning tuning)
    {
        this.place = place;
        this.receiver = receiver;
        this.tuning = tuning;
        folder = place.NewFolder("postfix");
        signer = tuning.Signs ? new OpenDkim(folder) : null;
        Port = Workplace.FreePort();
        WriteConfiguration();
    }

    /// <summary>Why it can't run; null when it can.</summary>
    public static string? Missing() =>
        Workplace.Find("postfix") is null ? "postfix (Debian: postfix)" : Native.IsRoot ? null : "root (Postfix starts only as root)";

    public int Port { get; }

    public int? ProcessId => child?.Id;

    public async Task StartAsync(CancellationToken cancel)
    {
        var (postfix, conf) = (Workplace.Find("postfix")!, Path.Combine(folder, "conf"));
        child = signer is null ? Child.Start(postfix, ["-c", conf, "start-fg"], Path.Combine(folder, "log"))
            : Child.Start("/bin/sh", ["-c", signer.Beside($"'{postfix}' -c '{conf}' start-fg")], Path.Combine(folder, "log"));
        if (signer is not null)
        {
            await Workplace.ListeningAsync(signer.Port, child, cancel);
        }

        await Workplace.ListeningAsync(Port, child, cancel);
    }

    public Task KillAsync() => child?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (child is not null)
        {
            await child.DisposeAsync();
        }

        place.Release(folder);
    }

    private void WriteConfiguration()
    {
        foreach (var name in (string[])["conf", "queue", "data"])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        var daemons = Path.GetDirectoryName(Workplace.Find("master") ?? "/usr/lib/postfix/sbin/master")!;
        var limits = tuning.Tuned
            ? $"""
              default_process_limit = {Math.Max(100, tuning.Outbound + 20)}
              smtp_connection_cache_on_demand = yes
              smtp_connection_cache_destinations = [127.0.0.1]:{receiver}
              in_flow_delay = 0
              default_destination_concurrency_limit = {tuning.Outbound}
              smtp_destination_concurrency_limit = {tuning.Outbound}
              initial_destination_concurrency = {tuning.Outbound}
              """
            : "";
        // After a crash nothing is deferred for minutes: that part measures loss, not patience.
        var retries = tuning.QuickRetries ? "minimal_backoff_time = 5s\nmaximal_backoff_time = 5s\nqueue_run_delay = 5s" : "";
        File.WriteAllText(Path.Combine(folder, "conf", "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {folder}/queue
            data_directory = {folder}/data
            daemon_directory = {daemons}
            command_directory = {Path.GetDirectoryName(Workplace.Find("postfix"))}
            mail_owner = postfix
            setgid_group = postdrop
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            myhostname = relay.example
            mydestination =
            local_recipient_maps =
            alias_maps =
            alias_database =
            mynetworks = 127.0.0.0/8
            relayhost = [127.0.0.1]:{receiver}
            disable_dns_lookups = yes
            smtp_dns_support_level = disabled
            {limits}
            {retries}
            {(signer is null ? "" : $"smtpd_milters = inet:127.0.0.1:{signer.Port}\nmilter_default_action = tempfail")}

            """);
        File.WriteAllText(Path.Combine(folder, "conf", "master.cf"), $"""
            127.0.0.1:{Port} inet n - n - {(tuning.Tuned ? "100" : "-")} smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            relay unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            scache unix - - n - 1 scache
            anvil unix - - n - 1 anvil

            """);
        Owner.Set(Path.Combine(folder, "data"), "postfix");
    }
}
