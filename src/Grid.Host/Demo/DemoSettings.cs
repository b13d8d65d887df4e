using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Grid.Host.Demo.Tenants;
using Grid.Host.Options;

namespace Grid.Host.Demo;

/// <summary>The grid's configuration in a demo: what is given, and in memory the routes to the receivers, three sending IPs, the store in the demo's folder, an operator's key.</summary>
internal static class DemoSettings
{
    private const int KeyBytes = 12;

    /// <summary>What the command line or the environment says of the folder; null for nothing.</summary>
    public static string? GivenFolder(IEnumerable<string> arguments) =>
        new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine([.. arguments.Where(argument => argument.Contains('=', StringComparison.Ordinal))]).Build()["Grid:Data"]?.Trim() is { Length: > 0 } given ? given : null;

    /// <summary>All of it, checked.</summary>
    /// <exception cref="ConfigurationFaultsException">Something given is wrong.</exception>
    public static (LoadedConfiguration Loaded, string OperatorKey) Load(IReadOnlyList<string> arguments, string folder, IEnumerable<(string Domain, IPEndPoint EndPoint)> routes)
    {
        var given = GridConfiguration.Load([.. arguments, $"--Grid:Data={folder}"]);
        var key = given.Options.OperatorKey ?? "demo-" + RandomNumberGenerator.GetHexString(2 * KeyBytes, lowercase: true);
        var values = new Dictionary<string, string?>
        {
            ["Grid:OperatorKey"] = key,
            ["Grid:Storage:Provider"] = nameof(StorageProvider.Sqlite),
            ["Grid:Http:Urls"] = given.Configuration["Grid:Http:Urls"] ?? $"http://{FreeEndPoint(8080)}",
            ["Grid:Submission:Listen"] = given.Configuration["Grid:Submission:Listen"] ?? FreeEndPoint(2587).ToString(),
            ["Grid:Inbound:Listen"] = given.Configuration["Grid:Inbound:Listen"] ?? FreeEndPoint(2525).ToString(),
        };
        foreach (var (index, ip) in Cast.SendingIps.Index())
        {
            values[$"Grid:SendingIps:{index}:Address"] = ip.ToString();
            values[$"Grid:SendingIps:{index}:Ehlo"] = $"mta{index + 1}.grid.example";
        }

        foreach (var (index, (domain, endPoint)) in routes.Index())
        {
            values[$"Grid:Routes:{index}:Domain"] = domain;
            values[$"Grid:Routes:{index}:Host"] = endPoint.Address.ToString();
            values[$"Grid:Routes:{index}:Port"] = endPoint.Port.ToString(CultureInfo.InvariantCulture);
            values[$"Grid:Routes:{index}:Tls"] = "none";
        }

        var configuration = new ConfigurationBuilder().AddConfiguration(given.Configuration).AddInMemoryCollection(values).Build();
        return (GridConfiguration.Check(configuration, given.Words), key);
    }

    /// <summary>The usual port of loopback, or one that the system chooses where another program has it.</summary>
    private static IPEndPoint FreeEndPoint(int usual)
    {
        try
        {
            return Bind(usual);
        }
        catch (SocketException)
        {
            return Bind(0);
        }
    }

    private static IPEndPoint Bind(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
