using Grid.Core.Ports;

namespace Grid.Storage;

/// <summary>Holds a data folder for one process. The kernel lets go of it when the process dies, however it dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    /// <summary>Throws <see cref="StoreVersionException"/> when another process holds the folder.</summary>
    public FolderLock(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            _file = new(Path.Combine(folder, "grid.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new StoreVersionException($"the data folder {Path.GetFullPath(folder)} is in use by another process: stop that one, or give this one a folder of its own (Grid:Data)");
        }
    }

    public void Dispose() => _file.Dispose();
}
