using System.Diagnostics;
using System.Globalization;

namespace Grid.System.Tests.Beds;

/// <summary>
/// The built host in a process of its own, with a data folder and ports of its own. It can be stopped, killed and started again on the
/// same data. When a test is over the process is killed, the folder removed, and what it logged above information goes to the test's output.
/// </summary>
public sealed class GridProcess : IAsyncDisposable
{
    public const string OperatorKey = "operator-key-of-the-tests-0123456789abcdef";

    private const int ReadySeconds = 120;

    private readonly Dictionary<string, string> _environment;
    private readonly bool _ownsFolder;
    private HostRun? _run;

    private GridProcess(GridSetup setup)
    {
        _ownsFolder = setup.Folder is null;
        Folder = setup.Folder ?? Directory.CreateTempSubdirectory("grid-system-").FullName;
        var http = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");
        (SubmissionPort, InboundPort) = (FreePort.Next(), setup.InboundPort > 0 ? setup.InboundPort : FreePort.Next());
        _environment = new(setup.Settings)
        {
            ["Grid__Data"] = Folder,
            ["Grid__Http__Urls"] = http,
            ["Grid__Submission__Listen"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{SubmissionPort}"),
            ["Grid__Inbound__Listen"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{InboundPort}"),
            ["Grid__OperatorKey"] = OperatorKey,
        };
        Api = new(new(http), OperatorKey);
    }

    public GridApi Api { get; }

    public string Folder { get; }

    public int SubmissionPort { get; }

    public int InboundPort { get; }

    /// <summary>The environment that it was started with.</summary>
    public IReadOnlyDictionary<string, string> Settings => _environment;

    private HostRun Run => _run ?? throw new InvalidOperationException("it was not started");

    /// <summary>Starts one and waits until it is ready; skips the test where its store isn't installed.</summary>
    public static async Task<GridProcess> StartAsync(GridSetup setup)
    {
        if (setup.Store == GridStoreKind.PostgreSql)
        {
            setup.With("Grid__Storage__Provider", "PostgreSQL").With("Grid__Storage__ConnectionString", await PostgresServer.NewDatabaseAsync());
        }

        var grid = new GridProcess(setup);
        try
        {
            await grid.StartAgainAsync();
            return grid;
        }
        catch
        {
            await grid.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it on the data that it left, and waits until it is ready.</summary>
    public async Task StartAgainAsync()
    {
        _run?.Dispose();
        _run = new(Folder, _environment);
        var waited = Stopwatch.StartNew();
        while ((await Api.GetAsync("/health/ready")).Status != 200)
        {
            Assert.False(Run.HasExited, $"the host ended at start:{Environment.NewLine}{Run.Tail}");
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(ReadySeconds), $"the host is not ready after {ReadySeconds} s:{Environment.NewLine}{Run.Tail}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => Run.KillAsync();

    /// <summary>SIGTERM; returns the exit status.</summary>
    public async Task<int> StopAsync()
    {
        await Run.TerminateAsync();
        return await Run.EndsAsync(60);
    }

    /// <summary>A tenant's counter.</summary>
    public async Task<long> CounterAsync(string tenant, string counter) => (await Api.GetAsync($"/v1/tenants/{tenant}")).NumberAt("counters." + counter);

    /// <summary>A tenant's state.</summary>
    public async Task<string> StateAsync(string tenant) => (await Api.GetAsync($"/v1/tenants/{tenant}")).TextAt("state");

    /// <summary>Waits until a message is in a state, and returns it.</summary>
    public Task<ApiAnswer> MessageBecomesAsync(string id, string key, string state, int seconds = 30) =>
        Eventually.BecomesAsync(() => Api.GetAsync($"/v1/messages/{id}", key), answer => answer.TextAt("state") == state, seconds, $"message {state}");

    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
        {
            await _run.KillAsync();
            foreach (var line in _run.Output.Where(line => line.Contains(" WRN ", StringComparison.Ordinal) || line.Contains(" ERR ", StringComparison.Ordinal) || line.Contains(" FTL ", StringComparison.Ordinal)).Concat(_run.Errors).TakeLast(40))
            {
                TestContext.Current.TestOutputHelper?.WriteLine(line);
            }

            _run.Dispose();
        }

        Api.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
