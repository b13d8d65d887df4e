using System.Diagnostics;
using System.Globalization;
using System.Net;
using Grid.Mail.Dns;

namespace Grid.System.Tests.Beds;

/// <summary>
/// Real DNS on loopback: Knot has the zone, Unbound resolves it, and dnsmasq forwards to Unbound. Below "broken.test." Knot has a zone
/// whose file is missing, so that it answers SERVFAIL.
/// </summary>
internal sealed class DnsServers : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-dns-").FullName;
    private readonly List<Process> _processes = [];

    private DnsServers()
    {
    }

    /// <summary>Unbound.</summary>
    public string Resolver => Local(ResolverPort);

    /// <summary>dnsmasq.</summary>
    public string Forwarder => Local(ForwarderPort);

    private int ZonePort { get; } = FreePort.Next();

    private int ResolverPort { get; } = FreePort.Next();

    private int ForwarderPort { get; } = FreePort.Next();

    /// <summary>Starts all three on a zone "test."; skips the test where one isn't installed.</summary>
    /// <param name="records">Lines of the zone file; names are below test.</param>
    public static async Task<DnsServers> StartAsync(params string[] records)
    {
        foreach (var (program, package) in new[] { ("knotd", "knot"), ("unbound", "unbound"), ("dnsmasq", "dnsmasq-base") })
        {
            Assert.SkipWhen(Programs.Find(program) is null, $"{program} isn't installed: install {package}");
        }

        var servers = new DnsServers();
        try
        {
            await servers.StartAllAsync(records);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAllAsync(string[] records)
    {
        await File.WriteAllLinesAsync(
            _folder + "/test.zone", ["$ORIGIN test.", "$TTL 60", "@ SOA ns admin 1 60 60 3600 30", "@ NS ns", "ns A 127.0.0.1", "ready TXT \"yes\"", .. records]);
        await File.WriteAllTextAsync(_folder + "/knot.conf", $"""
            server:
                listen: 127.0.0.1@{ZonePort}
                rundir: {_folder}
            log:
              - target: stderr
                any: error
            database:
                storage: {_folder}
            zone:
              - domain: test
                file: {_folder}/test.zone
              - domain: broken.test
                file: {_folder}/missing.zone

            """);
        await File.WriteAllTextAsync(_folder + "/unbound.conf", $"""
            server:
              interface: 127.0.0.1
              port: {ResolverPort}
              username: ""
              chroot: ""
              directory: "{_folder}"
              pidfile: ""
              do-daemonize: no
              use-syslog: no
              logfile: ""
              do-not-query-localhost: no
              module-config: "iterator"
              do-ip6: no
              local-zone: "test." nodefault
            remote-control:
              control-enable: no
            stub-zone:
              name: "test."
              stub-addr: 127.0.0.1@{ZonePort}

            """);
        Start("knotd", "-c", _folder + "/knot.conf");
        Start("unbound", "-d", "-c", _folder + "/unbound.conf");
        Start("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--bind-interfaces", "--listen-address=127.0.0.1", "--pid-file=", "--user=root",
            $"--port={ForwarderPort.ToString(CultureInfo.InvariantCulture)}", $"--server=127.0.0.1#{ResolverPort.ToString(CultureInfo.InvariantCulture)}");
        foreach (var port in new[] { ZonePort, ResolverPort, ForwarderPort })
        {
            var resolver = new DnsResolver(new() { Servers = [new(IPAddress.Loopback, port)], FailureTtl = TimeSpan.Zero, FirstTimeout = TimeSpan.FromMilliseconds(200), Rounds = 1 }, TimeProvider.System);
            await Eventually.BecomesAsync(
                () => resolver.ResolveAsync("ready.test", DnsType.Txt, TestContext.Current.CancellationToken).AsTask(), answer => answer.Status == DnsStatus.Found, 30, $"the DNS server on port {port} answers");
        }
    }

    private void Start(string program, params string[] arguments)
    {
        var process = Programs.Start(Programs.Find(program)!, arguments);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    private static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
}
