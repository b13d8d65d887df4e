namespace Grid.System.Tests.Beds.Relays;

/// <summary>
/// Exim, in a root of its own. As <see cref="StartAsync"/> makes it, it sends on by SMTP; as <see cref="StartWithDmaAsync"/> does, it hands every message to dma.
/// dma has no listener: it is a sendmail command with a queue, and Exim's pipe is the way by which mail comes to such a command.
/// </summary>
internal sealed class EximRelay : IMailRelay
{
    private readonly MailPackages _packages;

    private EximRelay(MailPackages packages) => _packages = packages;

    public int Port { get; } = FreePort.Next();

    public static async Task<IMailRelay> StartAsync(RelayWays ways) => await new EximRelay(await MailPackages.UnpackAsync("exim4")).StartAsync(ways, """
          driver = manualroute
          route_list = * 127.0.0.1
          self = send
          transport = onward
        """);

    public static async Task<IMailRelay> StartWithDmaAsync(RelayWays ways)
    {
        var packages = await MailPackages.UnpackAsync("exim4", "dma");
        packages.Write("/etc/dma/dma.conf", $"SMARTHOST 127.0.0.1\nPORT {ways.Onward}\nMAILNAME dma.example\n");
        await packages.FolderAsync("/var/spool/dma", "mail", "2770");
        return await new EximRelay(packages).StartAsync(ways, """
          driver = accept
          transport = dma
        """);
    }

    public string Log() => _packages.Tail("/var/spool/exim4/mainlog", "/var/spool/exim4/paniclog");

    public ValueTask DisposeAsync() => _packages.DisposeAsync();

    private async Task<EximRelay> StartAsync(RelayWays ways, string onward)
    {
        try
        {
            await _packages.FolderAsync("/var/spool/exim4", "Debian-exim", "750");
            _packages.Write("/etc/exim4/exim4.conf", Configuration(ways, onward));
            using var daemon = _packages.Start("/usr/sbin/exim4", "-bdf", "-q1m");
            await Listening.WaitAsync(Port, daemon, Log);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private string Configuration(RelayWays ways, string onward) => $"""
        primary_hostname = exim.example
        spool_directory = /var/spool/exim4
        log_file_path = /var/spool/exim4/%slog
        exim_user = Debian-exim
        exim_group = Debian-exim
        trusted_users = mail
        never_users =
        daemon_smtp_ports = {Port}
        local_interfaces = 127.0.0.1
        host_lookup =
        tls_advertise_hosts =
        acl_smtp_rcpt = accept_all
        acl_smtp_data = accept_all
        begin acl
        accept_all:
          accept
        begin routers
        back:
          driver = manualroute
          domains = {RelayWays.BounceDomain}
          route_list = * 127.0.0.1
          self = send
          transport = back
        onward:
        {onward}
        begin transports
        back:
          driver = smtp
          port = {ways.Back}
          hosts_avoid_tls = *
        onward:
          driver = smtp
          port = {ways.Onward}
          hosts_avoid_tls = *
        dma:
          driver = pipe
          command = /bin/sh -c 'exec /usr/sbin/dma -i -f "\$SENDER" -- "\$LOCAL_PART@\$DOMAIN"'
          user = mail
          group = mail
          message_prefix =
          message_suffix =
          return_fail_output
        begin retry
        * * F,1h,5s

        """;
}
