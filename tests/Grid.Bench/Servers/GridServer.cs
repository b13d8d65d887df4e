using System.Globalization;
using System.Net;
using Grid.Bench.Children;
using Grid.Bench.Load;

namespace Grid.Bench.Servers;

/// <summary>The grid as it comes: durable, everything embedded, one tenant that loopback clients submit as.</summary>
internal sealed class GridServer : IMailServer
{
    /// <summary>The tenant that all mail of the bench belongs to.</summary>
    public const string Tenant = "bench";

    private const string OperatorKey = "operator-key-of-the-bench-0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(10);
    private readonly Workplace place;
    private readonly GridHostBinary binary;
    private readonly IReadOnlyList<GridRoute> routes;
    private readonly string folder;
    private readonly int httpPort = Workplace.FreePort();
    private readonly int inboundPort = Workplace.FreePort();
    private readonly bool signs;
    private Child? child;

    public GridServer(Workplace place, GridHostBinary binary, IReadOnlyList<GridRoute> routes, bool signs = false)
    {
        this.signs = signs;
        this.place = place;
        this.binary = binary;
        this.routes = routes;
        folder = place.NewFolder("grid");
        Port = Workplace.FreePort();
        Api = new GridApi(new Uri($"http://127.0.0.1:{httpPort.ToString(CultureInfo.InvariantCulture)}"), OperatorKey);
    }

    public int Port { get; }

    public int? ProcessId => child?.Id;

    /// <summary>Its HTTP interface.</summary>
    public GridApi Api { get; }

    /// <summary>How long the last start took, from the process's start to the first 200 of /health/ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public async Task StartAsync(CancellationToken cancel)
    {
        var host = await binary.AssemblyAsync(place, cancel);
        var started = TimeProvider.System.GetTimestamp();
        child = Child.Start("dotnet", [host], Path.Combine(folder, "log"), folder, Settings());
        while (await Api.ReadyAsync(cancel) != HttpStatusCode.OK)
        {
            if (child.HasExited)
            {
                throw new BenchException($"the grid ended with {child.ExitCode} at start: {child.LogTail}");
            }

            if (TimeProvider.System.GetElapsedTime(started) > ReadyWithin)
            {
                throw new BenchException($"the grid is not ready after {ReadyWithin.TotalMinutes:0} min: {child.LogTail}");
            }

            await Task.Delay(20, cancel);
        }

        ReadyAfter = TimeProvider.System.GetElapsedTime(started);
        await Api.EnsureTenantAsync(Tenant, MailLoad.SenderDomain, cancel);
        if (signs)
        {
            await Api.SignAsync(Tenant, MailLoad.SenderDomain, cancel);
        }
    }

    public Task KillAsync() => child?.KillAsync() ?? Task.CompletedTask;

    /// <summary>Asks it to end, as a deployment would, and waits for it.</summary>
    /// <returns>True when it ended by itself.</returns>
    public Task<bool> StopAsync() => child?.StopAsync() ?? Task.FromResult(true);

    public async ValueTask DisposeAsync()
    {
        if (child is not null)
        {
            await child.DisposeAsync();
        }

        Api.Dispose();
        place.Release(folder);
    }

    private Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>
        {
            ["Grid__Data"] = Path.Combine(folder, "data"),
            ["Grid__Http__Urls"] = $"http://127.0.0.1:{httpPort.ToString(CultureInfo.InvariantCulture)}",
            ["Grid__Submission__Listen"] = $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}",
            ["Grid__Inbound__Listen"] = $"127.0.0.1:{inboundPort.ToString(CultureInfo.InvariantCulture)}",
            ["Grid__OperatorKey"] = OperatorKey,
            ["Grid__Submission__Trusted__0__Network"] = "127.0.0.0/8",
            ["Grid__Submission__Trusted__0__Tenant"] = Tenant,
        };
        for (var i = 0; i < routes.Count; i++)
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"Grid__Routes__{i}__");
            settings[prefix + "Domain"] = routes[i].Domain;
            settings[prefix + "Host"] = "127.0.0.1";
            settings[prefix + "Port"] = routes[i].Port.ToString(CultureInfo.InvariantCulture);
            settings[prefix + "Tls"] = "none";
        }

        return settings;
    }
}
