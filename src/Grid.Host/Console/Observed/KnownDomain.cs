using Grid.Core.Vocabulary;

namespace Grid.Host.Console.Observed;

/// <summary>A recipient domain as lists and filters need it.</summary>
/// <param name="IsLimited">An operator has set limits for it.</param>
internal sealed record KnownDomain(string Name, Standing State, bool IsLimited);
