namespace Grid.System.Tests.Beds.Relays;

/// <summary>OpenSMTPD, in a root of its own.</summary>
internal sealed class OpenSmtpdRelay : IMailRelay
{
    private readonly MailPackages _packages;

    private OpenSmtpdRelay(MailPackages packages) => _packages = packages;

    public int Port { get; } = FreePort.Next();

    public static async Task<IMailRelay> StartAsync(RelayWays ways)
    {
        var relay = new OpenSmtpdRelay(await MailPackages.UnpackAsync("smtpd", "smtpctl"));
        try
        {
            await relay.StartServerAsync(ways);
            return relay;
        }
        catch
        {
            await relay.DisposeAsync();
            throw;
        }
    }

    public string Log() => _packages.Tail();

    public ValueTask DisposeAsync() => _packages.DisposeAsync();

    private async Task StartServerAsync(RelayWays ways)
    {
        await _packages.FolderAsync("/var/spool/smtpd", "root", "711");
        await _packages.FolderAsync("/var/lib/opensmtpd/empty", "root", "755");
        _packages.Write("/etc/mailname", "opensmtpd.example\n");
        _packages.Write("/etc/smtpd.conf", $"""
            listen on 127.0.0.1 port {Port} hostname opensmtpd.example
            action "back" relay host smtp://127.0.0.1:{ways.Back}
            action "onward" relay host smtp://127.0.0.1:{ways.Onward}
            match from any for domain "{RelayWays.BounceDomain}" action "back"
            match from any for any action "onward"

            """);
        using var daemon = _packages.Start("/usr/sbin/smtpd", "-d", "-f", "/etc/smtpd.conf");
        await Listening.WaitAsync(Port, daemon, Log);
    }
}
