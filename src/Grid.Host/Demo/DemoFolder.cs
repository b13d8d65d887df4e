using Grid.Host.Options;

namespace Grid.Host.Demo;

/// <summary>
/// The folder of a demo. Each run begins with an empty one; what is cleared is only a folder that an earlier demo marked as its own, and
/// that no running demo holds.
/// </summary>
internal sealed class DemoFolder : IDisposable
{
    /// <summary>The file that marks a folder, held open while a demo runs in it.</summary>
    public const string Marker = ".grid-demo";

    private const int MostFolders = 100;

    private readonly FileStream _hold;

    private DemoFolder(string path, FileStream hold) => (Path, _hold) = (path, hold);

    public string Path { get; }

    /// <summary>Takes the given folder, or else the first of data/demo, data/demo-2 … that can be had.</summary>
    /// <exception cref="ConfigurationFaultsException">The given folder holds other things, or there is none to be had.</exception>
    public static DemoFolder Take(string? given)
    {
        if (given is not null)
        {
            return TryTake(given) ?? throw new ConfigurationFaultsException([$"Grid:Data: must be a new or empty folder for a demo, or one of an earlier demo; was {given}"]);
        }

        return Enumerable.Range(1, MostFolders).Select(n => TryTake(n == 1 ? "./data/demo" : $"./data/demo-{n}")).FirstOrDefault(folder => folder is not null)
            ?? throw new ConfigurationFaultsException(["Grid:Data: must be given, as data/demo to data/demo-100 are in use"]);
    }

    public void Dispose() => _hold.Dispose();

    private static DemoFolder? TryTake(string path)
    {
        Directory.CreateDirectory(path);
        var marker = System.IO.Path.Combine(path, Marker);
        if (!File.Exists(marker) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            return null;
        }

        try
        {
            var hold = new FileStream(marker, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Clear(path);
            return new(path, hold);
        }
        catch (IOException)
        {
            return null; // another demo runs in it
        }
    }

    private static void Clear(string path)
    {
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos().Where(entry => entry.Name is not (Marker or GridConfiguration.FileName)))
        {
            if (entry is DirectoryInfo { LinkTarget: null } folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
