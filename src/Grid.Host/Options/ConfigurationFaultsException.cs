namespace Grid.Host.Options;

/// <summary>The configuration is wrong; the host ends with status 2 before it starts anything.</summary>
public sealed class ConfigurationFaultsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>One line each: the option's full name and the rule that it breaks.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
