using Grid.Core.Enforcement;

namespace Grid.Grains.Enforcement;

/// <summary>A version of a policy, compiled, with the hash of its text.</summary>
public sealed record RunningPolicy(EnforcementPolicy Policy, string Hash)
{
    /// <summary>"default@3".</summary>
    public string Id { get; } = FormattableString.Invariant($"{Policy.Name}@{Policy.Version}");
}
