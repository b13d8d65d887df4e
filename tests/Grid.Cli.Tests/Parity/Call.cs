namespace Grid.Cli.Tests.Parity;

/// <summary>A request that a command made.</summary>
/// <param name="Path">Without the query.</param>
internal sealed record Call(string Method, string Path, IReadOnlyList<string> Query, string Body);
