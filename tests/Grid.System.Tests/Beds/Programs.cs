using System.Diagnostics;

namespace Grid.System.Tests.Beds;

/// <summary>Programs of the system.</summary>
internal static class Programs
{
    /// <summary>Folders that are not always in the path.</summary>
    private static readonly string[] More = ["/usr/sbin", "/usr/local/sbin", "/sbin"];

    /// <summary>The full path; null when it isn't installed.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(More).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs one to its end; fails when it does.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (code, text) = await TryAsync(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {text}");
        return text;
    }

    /// <summary>Runs one to its end; its status and all that it wrote.</summary>
    public static async Task<(int Code, string Text)> TryAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        var text = await output + error;
        await process.WaitForExitAsync();
        return (process.ExitCode, text);
    }

    public static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
}
