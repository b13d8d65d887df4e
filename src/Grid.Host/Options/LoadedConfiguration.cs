namespace Grid.Host.Options;

/// <summary>A configuration without faults.</summary>
/// <param name="Configuration">All of it, with what others read (logging).</param>
/// <param name="Options">What is under <c>Grid:</c>.</param>
/// <param name="Words">Arguments of the command line that are no settings, such as <c>demo</c>.</param>
public sealed record LoadedConfiguration(IConfigurationRoot Configuration, GridOptions Options, IReadOnlyList<string> Words);
