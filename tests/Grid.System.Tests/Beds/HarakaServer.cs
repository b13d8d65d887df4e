using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Grid.System.Tests.Beds;

/// <summary>A real Haraka on loopback that takes all mail, offers STARTTLS with a certificate, and notes what it took.</summary>
internal sealed class HarakaServer : IAsyncDisposable
{
    private const string Takes = """
        const fs = require('fs');
        exports.hook_rcpt = (next) => next(OK);
        exports.hook_queue = function (next, connection) {
          for (const rcpt of connection.transaction.rcpt_to) {
            const address = typeof rcpt.address === 'function' ? rcpt.address() : rcpt.address; // a method up to 3.2
            fs.appendFileSync(process.env.HARAKA + '/taken', `${address.replace(/[<>]/g, '')} ${connection.tls.enabled}\n`);
          }
          next(OK);
        };

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("grid-haraka-").FullName;
    private readonly StringBuilder _words = new();
    private Process? _process;

    private HarakaServer()
    {
    }

    /// <summary>Starts one; skips the test where it isn't installed.</summary>
    /// <param name="certificate">Null: no STARTTLS.</param>
    public static async Task<HarakaServer> StartAsync(string address, int port, MadeAuthority.Served? certificate)
    {
        var installed = Environment.GetEnvironmentVariable("GRID_HARAKA") ?? "";
        var program = Path.Combine(installed, "node_modules/.bin/haraka");
        Assert.SkipUnless(File.Exists(program), "Haraka isn't there: install it from npm and name its folder in GRID_HARAKA");
        var server = new HarakaServer();
        Directory.CreateDirectory(server._folder + "/config");
        Directory.CreateDirectory(server._folder + "/plugins");
        File.Copy(Path.Combine(installed, "node_modules/Haraka/config/connection.ini"), server._folder + "/config/connection.ini");
        File.WriteAllText(server._folder + "/plugins/takes.js", Takes);
        File.WriteAllText(server._folder + "/config/plugins", certificate is null ? "takes\n" : "tls\ntakes\n");
        File.WriteAllText(server._folder + "/config/me", "haraka.test\n");
        File.WriteAllText(server._folder + "/config/smtp.ini", $"listen={address}:{port.ToString(CultureInfo.InvariantCulture)}\nnodes=0\n");
        File.WriteAllText(server._folder + "/config/tls.ini", $"key={certificate?.KeyFile}\ncert={certificate?.ChainFile}\n");
        server._process = Programs.Start(program, "-c", server._folder);
        server._process.OutputDataReceived += (_, line) => server._words.AppendLine(line.Data);
        server._process.ErrorDataReceived += (_, line) => server._words.AppendLine(line.Data);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        await Eventually.BecomesAsync(() => ListensAsync(address, port), listens => listens || server._process.HasExited, 30, "Haraka listens");
        Assert.False(server._process.HasExited, $"Haraka ended: {server._words}");
        return server;
    }

    /// <summary>Addresses that it took mail for, with whether TLS was on.</summary>
    public ILookup<string, bool> Taken() => (File.Exists(_folder + "/taken") ? File.ReadAllLines(_folder + "/taken") : [])
        .Select(line => line.Split(' ')).ToLookup(parts => parts[0], parts => parts[1] == "true");

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> ListensAsync(string address, int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
