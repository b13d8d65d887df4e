using System.Collections.Concurrent;
using System.Diagnostics;

namespace Grid.System.Tests.Beds;

/// <summary>One run of the built host, with the last of what it wrote.</summary>
internal sealed class HostRun : IDisposable
{
    private const int Kept = 400;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _errors = new();

    public HostRun(string workingFolder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Grid.Host.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder,
        };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("Grid__", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_lines, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Lines of standard error.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    /// <summary>The last 400 lines of standard output.</summary>
    public IReadOnlyList<string> Output => [.. _lines];

    /// <summary>The last lines of both.</summary>
    public string Tail => string.Join(Environment.NewLine, Output.TakeLast(30).Concat(Errors.TakeLast(30)));

    /// <summary>Waits for its end and returns its status; kills it and fails when it takes longer.</summary>
    public async Task<int> EndsAsync(int seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            Assert.Fail($"the host did not end within {seconds} s:{Environment.NewLine}{Tail}");
        }

        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>kill -TERM.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(global::System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public void Dispose() => _process.Dispose();

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        while (lines.Count > Kept)
        {
            lines.TryDequeue(out _);
        }
    }
}
