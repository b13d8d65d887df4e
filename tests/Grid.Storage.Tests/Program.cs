using Grid.Storage.Tests.Beds;
using Xunit.Runner.InProc.SystemConsole;

namespace Grid.Storage.Tests;

/// <summary>The tests' entry point: it also starts the process that a test kills.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (CrashingProcess.Work() is { } work)
        {
            await work;
        }

        return await ConsoleRunner.Run(args);
    }
}
