namespace Grid.Host.Options;

/// <summary>
/// Gathers the configuration: grid.json in the data folder, then the environment (<c>Grid__Data</c>), then the command line
/// (<c>--Grid:Data=…</c>), the later before the earlier. What is wrong ends in a <see cref="ConfigurationFaultsException"/>.
/// </summary>
public static class GridConfiguration
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "grid.json";

    /// <summary>Exit status for a bad option.</summary>
    public const int FaultExitCode = 2;

    /// <summary>Reads and checks everything.</summary>
    /// <param name="arguments">The command line; what isn't <c>--Name:Key=value</c> is handed back in <see cref="LoadedConfiguration.Words"/>.</param>
    /// <exception cref="ConfigurationFaultsException">Something is wrong; it has a line for each fault.</exception>
    public static LoadedConfiguration Load(IReadOnlyList<string> arguments)
    {
        var settings = arguments.Where(IsSetting).ToArray();
        var bare = settings.Where(setting => !setting.Contains('=', StringComparison.Ordinal)).ToArray();
        if (bare.Length > 0)
        {
            throw new ConfigurationFaultsException([.. bare.Select(setting => $"{setting[2..]}: must be given as {setting}=VALUE")]);
        }

        var data = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(settings).Build()["Grid:Data"]?.Trim();
        var file = Path.GetFullPath(Path.Combine(string.IsNullOrEmpty(data) ? "./data" : data, FileName));
        var configuration = new ConfigurationBuilder();
        if (File.Exists(file))
        {
            configuration.AddConfiguration(ReadFile(file));
        }

        return Check(configuration.AddEnvironmentVariables().AddCommandLine(settings).Build(), [.. arguments.Where(argument => !IsSetting(argument))]);
    }

    /// <summary>Checks a configuration that was gathered elsewhere.</summary>
    /// <exception cref="ConfigurationFaultsException">Something is wrong.</exception>
    public static LoadedConfiguration Check(IConfigurationRoot configuration, IReadOnlyList<string> words)
    {
        var reader = new OptionsReader(configuration);
        var options = GridOptions.Read(reader);
        return reader.Faults.Count == 0
            ? new LoadedConfiguration(configuration, options, words)
            : throw new ConfigurationFaultsException(reader.Faults);
    }

    private static IConfigurationRoot ReadFile(string file)
    {
        try
        {
            var configuration = new ConfigurationBuilder().AddJsonFile(file, optional: false, reloadOnChange: false).Build();
            return configuration["Grid:Data"] is null
                ? configuration
                : throw new ConfigurationFaultsException([$"Grid:Data: must be given outside of {file}, which is found by it"]);
        }
        catch (InvalidDataException fault)
        {
            var words = (fault.InnerException?.InnerException ?? fault.InnerException ?? fault).Message;
            throw new ConfigurationFaultsException([$"{file}: must be JSON: {words.ReplaceLineEndings(" ")}"]);
        }
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Split('=')[0].Contains(':', StringComparison.Ordinal);
}
