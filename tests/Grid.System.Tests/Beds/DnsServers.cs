using System.Diagnostics;
using System.Globalization;
using System.Net;
using Grid.Mail.Dns;

namespace Grid.System.Tests.Beds;

/// <summary>
/// Real DNS on loopback: Knot has the zone, Unbound resolves it, and dnsmasq forwards to Unbound. Below "broken.test." Knot has a zone
/// whose file is missing, so that it answers SERVFAIL. Signed, it has a zone "open." beside it that is not, and one "bogus." whose
/// signatures are not by the key that Unbound was told.
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
    public static Task<DnsServers> StartAsync(params string[] records) => StartAsync(records, []);

    /// <summary>Starts all three with the zone signed, and Unbound validating.</summary>
    /// <param name="open">Lines of the zone file of "open.".</param>
    /// <param name="broken">Names below test. that are zones of their own whose file is missing.</param>
    public static Task<DnsServers> StartSignedAsync(string[] records, string[] open, params string[] broken)
    {
        foreach (var name in broken)
        {
            records = [.. records, $"{name} NS ns"];
        }

        return StartAsync(records, broken, open);
    }

    private static async Task<DnsServers> StartAsync(string[] records, string[] broken, string[]? open = null)
    {
        foreach (var (program, package) in new[] { ("knotd", "knot"), ("unbound", "unbound"), ("dnsmasq", "dnsmasq-base") })
        {
            Assert.SkipWhen(Programs.Find(program) is null, $"{program} isn't installed: install {package}");
        }

        var servers = new DnsServers();
        try
        {
            await servers.StartAllAsync(records, broken, open);
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

    /// <summary>Puts other records in the place of all; completes when Knot answers by them.</summary>
    public async Task ChangeAsync(params string[] records)
    {
        await WriteAsync([.. records, "changed TXT \"yes\""], 2);
        await Programs.RunAsync("kill", "-HUP", _processes[0].Id.ToString(CultureInfo.InvariantCulture));
        var resolver = ResolverOf(ZonePort);
        await Eventually.BecomesAsync(
            () => resolver.ResolveAsync("changed.test", DnsType.Txt, TestContext.Current.CancellationToken).AsTask(), answer => answer.Status == DnsStatus.Found, 30, "the zone changes");
    }

    private Task WriteAsync(string[] records, int serial) => File.WriteAllLinesAsync(
        _folder + "/test.zone",
        ["$ORIGIN test.", "$TTL 60", string.Create(CultureInfo.InvariantCulture, $"@ 1 SOA ns admin {serial} 60 60 3600 0"), "@ NS ns", "ns A 127.0.0.1", "ready TXT \"yes\"", .. records]);

    private static DnsResolver ResolverOf(int port) =>
        new(new() { Servers = [new(IPAddress.Loopback, port)], FailureTtl = TimeSpan.Zero, FirstTimeout = TimeSpan.FromMilliseconds(200), Rounds = 1 }, TimeProvider.System);

    private async Task StartAllAsync(string[] records, string[] broken, string[]? open)
    {
        var isSigned = open is not null;
        await WriteAsync(records, 1);
        await File.WriteAllLinesAsync(_folder + "/open.zone", ["$ORIGIN open.", "$TTL 60", "@ SOA ns admin 1 60 60 3600 30", "@ NS ns", "ns A 127.0.0.1", .. open ?? []]);
        await File.WriteAllLinesAsync(_folder + "/bogus.zone", ["$ORIGIN bogus.", "$TTL 60", "@ SOA ns admin 1 60 60 3600 30", "@ NS ns", "ns A 127.0.0.1", "mail MX 10 ns"]);
        var signing = isSigned ? "zonefile-sync: -1\n    dnssec-signing: on\n    dnssec-policy: quick" : "";
        await File.WriteAllTextAsync(_folder + "/knot.conf", $"""
            server:
                listen: 127.0.0.1@{ZonePort}
                rundir: {_folder}
            log:
              - target: stderr
                any: error
            database:
                storage: {_folder}
            policy:
              - id: quick
                algorithm: ecdsap256sha256
                single-type-signing: on
            zone:
              - domain: test
                file: {_folder}/test.zone
                {signing}
              - domain: open
                file: {_folder}/open.zone
              - domain: bogus
                file: {_folder}/bogus.zone
                {signing}
              - domain: broken.test
                file: {_folder}/missing.zone
            {string.Join('\n', broken.Select(name => $"  - domain: {name}.test\n    file: {_folder}/missing.zone"))}

            """);
        Start("knotd", "-c", _folder + "/knot.conf");
        if (isSigned)
        {
            var anchor = await Eventually.BecomesAsync(async () => (await Programs.TryAsync("keymgr", "-c", _folder + "/knot.conf", "test", "ds")).Text, text => text.Contains(" DS ", StringComparison.Ordinal), 30, "the zone's key");
            await File.WriteAllTextAsync(_folder + "/anchor", anchor + $"bogus. DS 1 13 2 {new string('0', 64)}\n");
        }

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
              module-config: "{(isSigned ? "validator iterator" : "iterator")}"
              do-ip6: no
              local-zone: "test." nodefault
              {(isSigned ? $"trust-anchor-file: \"{_folder}/anchor\"" : "")}
            remote-control:
              control-enable: no
            stub-zone:
              name: "test."
              stub-addr: 127.0.0.1@{ZonePort}
            stub-zone:
              name: "open."
              stub-addr: 127.0.0.1@{ZonePort}
            stub-zone:
              name: "bogus."
              stub-addr: 127.0.0.1@{ZonePort}

            """);
        Start("unbound", "-d", "-c", _folder + "/unbound.conf");
        Start("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--bind-interfaces", "--listen-address=127.0.0.1", "--pid-file=", "--user=root",
            $"--port={ForwarderPort.ToString(CultureInfo.InvariantCulture)}", $"--server=127.0.0.1#{ResolverPort.ToString(CultureInfo.InvariantCulture)}");
        foreach (var port in new[] { ZonePort, ResolverPort, ForwarderPort })
        {
            var resolver = ResolverOf(port);
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
