namespace Grid.System.Tests.Beds;

/// <summary>A file system of a few MiB in memory, mounted for one test.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _mount;

    private SmallDisk(string mount)
    {
        _mount = mount;
        Folder = Directory.CreateDirectory(Path.Combine(mount, "data")).FullName;
    }

    /// <summary>A folder on it.</summary>
    public string Folder { get; }

    private string Filler => Path.Combine(_mount, "filler");

    /// <summary>Mounts one; skips the test for whoever may not.</summary>
    public static async Task<SmallDisk> MountAsync(int mebibytes)
    {
        var mount = Directory.CreateTempSubdirectory("grid-disk-").FullName;
        var (code, words) = await Programs.TryAsync("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={mebibytes}m"), "tmpfs", mount);
        if (code != 0)
        {
            Directory.Delete(mount);
            Assert.Skip($"a small file system can't be mounted; run as root: {words.Trim()}");
        }

        return new(mount);
    }

    /// <summary>Takes all the room that is left.</summary>
    public async Task FillAsync()
    {
        await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                await filler.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // Full, as it was meant to be.
        }
    }

    /// <summary>Gives it back.</summary>
    public void MakeRoom() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await Programs.RunAsync("umount", "-l", _mount);
        Directory.Delete(_mount);
    }
}
