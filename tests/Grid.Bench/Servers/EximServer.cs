using Grid.Bench.Children;

namespace Grid.Bench.Servers;

/// <summary>Exim delivering each message as it comes in, with its own configuration and spool.</summary>
internal sealed class EximServer : IMailServer
{
    private readonly Workplace place;
    private readonly string folder;
    private Child? child;

    public EximServer(Workplace place, int receiver)
    {
        this.place = place;
        folder = place.NewFolder("exim");
        Port = Workplace.FreePort();
        Directory.CreateDirectory(Path.Combine(folder, "spool"));
        Owner.Set(Path.Combine(folder, "spool"), "Debian-exim");
        WriteConfiguration(receiver);
    }

    /// <summary>Why it can't run; null when it can.</summary>
    public static string? Missing() => Workplace.Find("exim4") is null ? "exim (Debian: exim4-daemon-light)" : Native.IsRoot ? null : "root (Exim's user)";

    public int Port { get; }

    public int? ProcessId => child?.Id;

    public async Task StartAsync(CancellationToken cancel)
    {
        child = Child.Start(Workplace.Find("exim4")!, ["-C", Path.Combine(folder, "exim.conf"), "-bdf", "-q1m"], Path.Combine(folder, "log"));
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

    private void WriteConfiguration(int receiver) => File.WriteAllText(Path.Combine(folder, "exim.conf"), $"""
        primary_hostname = relay.example
        spool_directory = {folder}/spool
        log_file_path = {folder}/spool/%slog
        exim_user = Debian-exim
        exim_group = Debian-exim
        daemon_smtp_ports = {Port}
        local_interfaces = 127.0.0.1
        smtp_accept_max = 0
        smtp_accept_queue_per_connection = 0
        smtp_accept_max_per_connection = 0
        smtp_accept_max_nonmail = 1000000
        queue_run_max = 20
        host_lookup =
        tls_advertise_hosts =
        acl_smtp_rcpt = accept_all
        acl_smtp_data = accept_all
        begin acl
        accept_all:
          accept
        begin routers
        relay:
          driver = manualroute
          route_list = * 127.0.0.1
          self = send
          transport = out
        begin transports
        out:
          driver = smtp
          port = {receiver}
          hosts_avoid_tls = *
        begin retry
        * * F,1h,5s

        """);
}
