using System.Diagnostics;
using System.Runtime.InteropServices;
using Grid.Core.Vocabulary;
using Grid.Storage.Postgres;
using Grid.Storage.Sqlite;
using Grid.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grid.Storage.Tests.Beds;

/// <summary>A child process that works on a store and is killed by SIGKILL in the middle of it: this assembly, started again with a variable set.</summary>
public static class CrashingProcess
{
    private const string Variable = "GRID_STORAGE_TESTS_CRASH";

    /// <summary>What it had accepted into memory: 3 recipients. The first was settled, the second was marked as delivered, the third was not attempted.</summary>
    public static readonly SpooledMessage InMemory = Mail.Message(1, recipients: 3);

    /// <summary>What it had put off for an hour.</summary>
    public static readonly SpooledMessage Deferred = Mail.Message(2);

    /// <summary>Runs it on a store until it is killed.</summary>
    public static async Task RunAsync(StoreOptions options)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(typeof(CrashingProcess).Assembly.Location);
        }

        start.Environment[Variable] = string.Join('|', options.Provider, options.Folder, options.ConnectionString, options.OwnerName);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 128 + 9, $"exit status {process.ExitCode}: {error} {await output}");
    }

    /// <summary>The child's work, when this process is the child; null when it isn't.</summary>
    internal static Task? Work()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } task)
        {
            return null;
        }

        var parts = task.Split('|');
        return WorkAsync(new() { Provider = Enum.Parse<StoreProvider>(parts[0]), Folder = parts[1], ConnectionString = parts[2], OwnerName = parts[3] });
    }

    private static async Task WorkAsync(StoreOptions options)
    {
        GridStore store = options.Provider == StoreProvider.Sqlite
            ? new SqliteStore(options, new ManualClock(), NullLogger<SqliteStore>.Instance)
            : new PostgresStore(options, new ManualClock(), NullLogger<PostgresStore>.Instance);
        await store.OpenAsync();
        await store.Spool.AcceptAsync(new([InMemory, Deferred], true));
        await store.Spool.SettleAsync([Mail.Settle(InMemory.Envelopes[0]), Mail.Settle(Deferred.Envelopes[0], OutcomeKind.Deferred, Mail.Start.AddHours(1))]);
        var settled = store.Marks.Reserve();
        var delivered = store.Marks.Reserve();
        store.Marks.Reserve();
        store.Marks.Mark(settled, InMemory.Envelopes[0].Key, Mail.Start.AddSeconds(1));
        store.Marks.Mark(delivered, InMemory.Envelopes[1].Key, Mail.Start.AddSeconds(2));
        _ = Kill(Environment.ProcessId, 9);
        await Task.Delay(Timeout.Infinite);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
