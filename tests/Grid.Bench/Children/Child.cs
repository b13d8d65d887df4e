using System.Collections.Concurrent;
using System.Diagnostics;

namespace Grid.Bench.Children;

/// <summary>
/// A process that the bench started, with everything it starts in turn. It leads its own process group, writes to a log file
/// (no pipe that the bench would have to empty) and dies with the bench, however the bench ends short of kill -9.
/// </summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<int, Child> Living = new();
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(40);
    private readonly Process process;

    private Child(Process process, string log)
    {
        this.process = process;
        Log = log;
        Living[process.Id] = this;
    }

    /// <summary>Id of the process, and of its group.</summary>
    public int Id => process.Id;

    /// <summary>File that holds what it wrote.</summary>
    public string Log { get; }

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>The last few lines of the log, for an error message.</summary>
    public string LogTail
    {
        get
        {
            var lines = File.Exists(Log) ? File.ReadLines(Log).TakeLast(5) : [];
            return string.Join(" | ", lines.Select(line => line.Length > 300 ? line[..300] : line));
        }
    }

    /// <summary>Starts a program as leader of a new process group, its output appended to <paramref name="log"/>.</summary>
    public static Child Start(
        string program, IEnumerable<string> arguments, string log, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, WorkingDirectory = folder ?? Path.GetTempPath() };
        foreach (var argument in (string[])["/bin/sh", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", log, program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new Child(Process.Start(start)!, log);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="BenchException">It ended with an error; the message has its last words.</exception>
    public static async Task RunAsync(
        string program, IEnumerable<string> arguments, string log, CancellationToken cancel,
        string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var child = Start(program, arguments, log, folder, environment);
        await child.WaitAsync(cancel);
        if (child.ExitCode != 0)
        {
            throw new BenchException($"{program} ended with {child.ExitCode}: {child.LogTail}");
        }
    }

    public Task WaitAsync(CancellationToken cancel) => process.WaitForExitAsync(cancel);

    /// <summary>Ends every process of the tree at once with SIGKILL, and waits until they are gone.</summary>
    public async Task KillAsync()
    {
        var tree = KillTree();
        await process.WaitForExitAsync(CancellationToken.None);
        // Sockets and locks are free only when the last of them is gone.
        while (tree.Any(ProcessTree.IsAlive))
        {
            await Task.Delay(1);
        }

        Living.TryRemove(Id, out _);
    }

    /// <summary>Asks the process to end (SIGTERM) and, after a grace of 40 s, ends what is left.</summary>
    /// <returns>True when it ended by itself.</returns>
    public async Task<bool> StopAsync(int? leader = null)
    {
        var asked = !process.HasExited && Native.Signal(leader ?? Id, Native.Terminate);
        using var patience = new CancellationTokenSource(Grace);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            asked = false;
        }

        await KillAsync();
        return asked;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    /// <summary>Ends all that still lives; for the way out.</summary>
    public static void KillAll()
    {
        foreach (var child in Living.Values)
        {
            child.KillTree();
        }
    }

    // Members of the tree may lead groups of their own (a master that called setsid), so the groups of all are ended,
    // the parents first, that they start no new ones.
    private IReadOnlyList<int> KillTree()
    {
        IReadOnlyList<int> tree = process.HasExited ? [] : ProcessTree.Processes(Id);
        Native.Signal(-Id, Native.Kill);
        foreach (var member in tree)
        {
            Native.Signal(-member, Native.Kill);
            Native.Signal(member, Native.Kill);
        }

        return tree;
    }
}
