using Grid.Bench.Children;

namespace Grid.Bench.Servers;

/// <summary>The grid's host as it is deployed: published in Release, once a run of the bench.</summary>
internal sealed class GridHostBinary(string? given)
{
    private string? published;

    /// <summary>Why it can't run; null when it can.</summary>
    public string? Missing() => given is not null
        ? File.Exists(given) ? null : $"{given} (named by --grid)"
        : File.Exists(Project()) && File.Exists(Path.Combine(Path.GetDirectoryName(Project())!, "Program.cs")) ? null : "src/Grid.Host (or --grid Grid.Host.dll)";

    /// <summary>The path of Grid.Host.dll, published now if need be.</summary>
    public async Task<string> AssemblyAsync(Workplace place, CancellationToken cancel)
    {
        if (given is not null)
        {
            return Path.GetFullPath(given);
        }

        if (published is null)
        {
            var output = place.NewFolder("host");
            Console.Error.WriteLine("  publishing src/Grid.Host");
            await Child.RunAsync("dotnet", ["publish", Project(), "-c", "Release", "-o", output, "--nologo", "-v", "q"], Path.Combine(place.Root, "publish.log"), cancel);
            published = Path.Combine(output, "Grid.Host.dll");
        }

        return published;
    }

    private static string Project()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Grid.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? "", "src", "Grid.Host", "Grid.Host.csproj");
    }
}
