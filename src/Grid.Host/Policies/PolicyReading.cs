using Grid.Core.Enforcement;
using Grid.Core.Enforcement.Policies;

namespace Grid.Host.Policies;

/// <summary>What reading a policy came to: a closed set.</summary>
public abstract record PolicyReading
{
    private PolicyReading()
    {
    }

    /// <summary>It can be enforced.</summary>
    /// <param name="Document">As it is written, for policies that extend it.</param>
    /// <param name="Policy">As grains run it.</param>
    public sealed record Done(PolicyDocument Document, EnforcementPolicy Policy) : PolicyReading;

    /// <summary>It can't; every mistake is listed in the order of the text, at least one and at most 100.</summary>
    public sealed record Refused(IReadOnlyList<PolicyMistake> Mistakes) : PolicyReading;
}
