using System.Diagnostics;

namespace Grid.Host.Tests.Clients;

/// <summary>Programs that others wrote, to check ours with.</summary>
internal static class Programs
{
    /// <summary>Names the folder in whose node_modules the packages are.</summary>
    public const string NpmFolder = "GRID_NPM";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a script in Node.js with packages; skips the test where they aren't installed. Returns what it printed.</summary>
    public static Task<(int Code, string Output)> NodeAsync(string script, string[] packages, params (string Name, string Value)[] environment) =>
        NodeAsync(script, packages, "", environment);

    /// <inheritdoc cref="NodeAsync(string, string[], ValueTuple{string, string}[])" />
    public static Task<(int Code, string Output)> NodeAsync(string script, string[] packages, string input, params (string Name, string Value)[] environment)
    {
        var folder = Environment.GetEnvironmentVariable(NpmFolder) ?? "";
        var missing = packages.Where(package => !Directory.Exists(Path.Combine(folder, "node_modules", package))).ToList();
        Assert.SkipWhen(folder.Length == 0 || missing.Count > 0, $"npm install --prefix FOLDER {string.Join(' ', packages)}, and set {NpmFolder}=FOLDER");
        return RunAsync("node", ["-e", script], input, [.. environment, ("NODE_PATH", Path.Combine(folder, "node_modules"))]);
    }

    /// <summary>Runs a program to its end, with some input; skips the test where it isn't installed.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, string? input = null, params (string Name, string Value)[] environment)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"install {program}");
        var start = new ProcessStartInfo(path!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // Modules are found from where a script runs.
        start.WorkingDirectory = start.Environment.TryGetValue("NODE_PATH", out var modules) ? Path.GetDirectoryName(modules) : "";

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
