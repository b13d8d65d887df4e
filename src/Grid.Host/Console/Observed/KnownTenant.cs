using Grid.Core.Vocabulary;

namespace Grid.Host.Console.Observed;

/// <summary>A tenant as lists and filters need it.</summary>
internal sealed record KnownTenant(string Id, string Name, string Policy, string Pool, Standing State, DateTimeOffset? Since);
