using Grid.Host.Options;

namespace Grid.Host.Tests.Options;

public sealed class GridConfigurationTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("grid-options-").FullName;

    [Fact]
    public void Load_grid_json_beside_the_data_is_read_and_the_command_line_goes_before_it()
    {
        File.WriteAllText(Path.Combine(_data, "grid.json"), """{ "Grid": { "ShutdownSeconds": 7, "Node": 3 /* a comment */ } }""");

        var loaded = GridConfiguration.Load([$"--Grid:Data={_data}", "--Grid:Node=4", "demo", "--once"]);

        Assert.Equal((TimeSpan.FromSeconds(7), 4), (loaded.Options.Shutdown, loaded.Options.Node));
        Assert.Equal(["demo", "--once"], loaded.Words);
    }

    [Theory]
    [InlineData("{ nonsense", "must be JSON")]
    [InlineData("""{ "Grid": { "Data": "/x" } }""", "Grid:Data: must be given outside of")]
    [InlineData("""{ "Grid": { "Nod": 1 } }""", "Grid:Nod: there is no such option; the nearest is Grid:Node")]
    public void Load_a_bad_file_is_one_fault(string json, string words)
    {
        File.WriteAllText(Path.Combine(_data, "grid.json"), json);

        var faults = Assert.Throws<ConfigurationFaultsException>(() => GridConfiguration.Load([$"--Grid:Data={_data}"])).Faults;

        Assert.Contains(words, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_a_setting_without_a_value_is_a_fault() =>
        Assert.Equal(["Grid:Node: must be given as --Grid:Node=VALUE"], Assert.Throws<ConfigurationFaultsException>(() => GridConfiguration.Load(["--Grid:Node"])).Faults);

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
