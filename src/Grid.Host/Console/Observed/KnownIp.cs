using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Host.Console.Observed;

/// <summary>A sending IP as lists and filters need it.</summary>
internal sealed record KnownIp(string Address, IpSpec Spec, Standing State);
