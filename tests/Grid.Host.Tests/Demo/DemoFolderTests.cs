using Grid.Host.Demo;
using Grid.Host.Options;

namespace Grid.Host.Tests.Demo;

public sealed class DemoFolderTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("grid-demo").FullName;

    [Fact]
    public void Take_of_an_earlier_demos_folder_clears_it()
    {
        DemoFolder.Take(_path).Dispose();
        File.WriteAllText(Path.Combine(_path, "grid.db"), "old");
        Directory.CreateDirectory(Path.Combine(_path, "log"));

        using var folder = DemoFolder.Take(_path);

        Assert.Equal([DemoFolder.Marker], Directory.EnumerateFileSystemEntries(_path).Select(Path.GetFileName));
    }

    [Fact]
    public void Take_of_a_folder_with_other_things_touches_nothing()
    {
        var file = Path.Combine(_path, "grid.db");
        File.WriteAllText(file, "precious");

        Assert.Throws<ConfigurationFaultsException>(() => DemoFolder.Take(_path));

        Assert.Equal("precious", File.ReadAllText(file));
        Assert.Single(Directory.EnumerateFileSystemEntries(_path));
    }

    [Fact]
    public void Take_of_a_running_demos_folder_is_refused()
    {
        using var running = DemoFolder.Take(_path);

        Assert.Throws<ConfigurationFaultsException>(() => DemoFolder.Take(_path));
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
