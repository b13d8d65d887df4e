using System.Diagnostics;
using System.Text;
using Grid.System.Tests.Beds.Relays;

namespace Grid.System.Tests.Beds;

/// <summary>
/// A real Postfix on loopback with its own configuration and queue, which takes mail for every address of one domain into one mailbox
/// folder (maildir). It asks no DNS and touches nothing of the system's.
/// </summary>
internal sealed class PostfixServer : IAsyncDisposable
{
    public const string Domain = "mailbox.example";

    private readonly string _folder = Directory.CreateTempSubdirectory("grid-postfix-").FullName;
    private Process? _process;

    private PostfixServer()
    {
    }

    public int Port { get; } = FreePort.Next();

    private string Mailbox => Path.Combine(_folder, "mail", "all");

    /// <summary>Further listeners on the same port: the file with key and chain for STARTTLS, or null for none, by address of loopback.</summary>
    private IReadOnlyDictionary<string, string?> Listeners { get; init; } = new Dictionary<string, string?>();

    /// <summary>Starts one; skips the test where it isn't installed or may not run.</summary>
    /// <param name="more">Lines of main.cf, which hold before those of the same name here.</param>
    public static Task<PostfixServer> StartAsync(string more = "") => StartAsync(new Dictionary<string, string?>(), more);

    /// <summary>Starts one that takes mail for all domains, at further addresses too.</summary>
    public static async Task<PostfixServer> StartAsync(IReadOnlyDictionary<string, string?> listeners, string more = "")
    {
        var program = Programs.Find("postfix");
        Assert.SkipWhen(program is null, "Postfix isn't installed: install postfix");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Postfix starts only as root: run as root");
        var server = new PostfixServer { Listeners = listeners };
        try
        {
            await server.ConfigureAsync(Path.GetDirectoryName(program)!, more);
            server._process = Programs.Start(program, "-c", Path.Combine(server._folder, "conf"), "start-fg");
            var words = new StringBuilder();
            server._process.ErrorDataReceived += (_, line) => words.AppendLine(line.Data);
            server._process.OutputDataReceived += (_, line) => words.AppendLine(line.Data);
            server._process.BeginErrorReadLine();
            server._process.BeginOutputReadLine();
            await Eventually.BecomesAsync(() => Listening.ListensAsync(server.Port), listens => listens || server._process.HasExited, 90, "Postfix listens");
            Assert.False(server._process.HasExited, $"Postfix ended: {words}");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Number of messages in the mailbox.</summary>
    public int Count() => Directory.Exists(Mailbox + "/new") ? Directory.GetFiles(Mailbox + "/new").Length : 0;

    /// <summary>The last that it logged.</summary>
    public string Log() => File.Exists(_folder + "/log") ? string.Join(Environment.NewLine, File.ReadLines(_folder + "/log").TakeLast(40)) : "";

    /// <summary>The messages in the mailbox, with CRLF line ends, by the address that each was delivered to.</summary>
    public ILookup<string, byte[]> Read() => Directory.GetFiles(Mailbox + "/new").Select(File.ReadAllBytes).ToLookup(AddressOf, Lines);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            // The process that was started only waits for Postfix' master, which is the one to end.
            // Its lock on that file doesn't keep cat from reading it.
            var master = Path.Combine(_folder, "queue", "pid", "master.pid");
            if (File.Exists(master))
            {
                await Programs.RunAsync("kill", "-TERM", (await Programs.RunAsync("cat", master)).Trim());
            }
            else
            {
                _process.Kill(entireProcessTree: true);
            }

            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string AddressOf(byte[] message) => Encoding.Latin1.GetString(message, 0, Math.Min(message.Length, 2000)).Split('\n')
        .First(line => line.StartsWith("X-Original-To: ", StringComparison.Ordinal))[15..].Trim();

    private static byte[] Lines(byte[] message) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(message).Replace("\n", "\r\n", StringComparison.Ordinal));

    private async Task ConfigureAsync(string commands, string more)
    {
        foreach (var name in (string[])["conf", "queue", "data", "mail"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, name));
        }

        await Programs.RunAsync("chmod", "755", _folder);
        var daemons = (await Programs.RunAsync("postconf", "-dh", "daemon_directory")).Trim();
        File.WriteAllText(Path.Combine(_folder, "conf", "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {_folder}/queue
            data_directory = {_folder}/data
            daemon_directory = {daemons}
            command_directory = {commands}
            mail_owner = postfix
            setgid_group = postdrop
            maillog_file = {_folder}/log
            maillog_file_prefixes = {_folder}
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            myhostname = mx.{Domain}
            mydestination =
            alias_maps =
            alias_database =
            virtual_mailbox_domains = {(Listeners.Count > 0 ? "static:all" : Domain)}
            virtual_mailbox_base = {_folder}/mail
            virtual_mailbox_maps = static:all/
            virtual_minimum_uid = 1
            virtual_uid_maps = static:{await IdAsync("-u")}
            virtual_gid_maps = static:{await IdAsync("-g")}
            virtual_mailbox_limit = 0
            message_size_limit = 52428800
            smtp_dns_support_level = disabled
            smtpd_peername_lookup = no
            smtputf8_enable = yes
            {more}

            """);
        File.WriteAllText(Path.Combine(_folder, "conf", "master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            {string.Join('\n', Listeners.Select(l => $"{l.Key}:{Port} inet n - n - - smtpd" + (l.Value is null ? "" : $"\n    -o smtpd_tls_security_level=may -o smtpd_tls_chain_files={l.Value}")))}
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            proxymap unix - - n - - proxymap
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            smtp unix - - n - - smtp
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd

            """);
        await Programs.RunAsync("chown", "postfix", Path.Combine(_folder, "data"), Path.Combine(_folder, "mail"));
    }

    private static async Task<string> IdAsync(string which) => (await Programs.RunAsync("id", which, "postfix")).Trim();
}
