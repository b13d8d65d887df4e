using Grid.Core.Enforcement;

namespace Grid.Core.Ports;

/// <summary>What reading a policy came to: a closed set.</summary>
public abstract record PolicyReading
{
    private PolicyReading()
    {
    }

    /// <summary>It can be enforced.</summary>
    public sealed record Done(EnforcementPolicy Policy) : PolicyReading;

    /// <summary>It can't.</summary>
    public sealed record Refused(IReadOnlyList<PolicyMistake> Mistakes) : PolicyReading;
}
