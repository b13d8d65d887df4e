namespace Grid.Core.Enforcement.Policies;

/// <summary>What compiling a policy came to: a closed set.</summary>
public abstract record Compilation
{
    private Compilation()
    {
    }

    /// <summary>It can be enforced.</summary>
    public sealed record Done(EnforcementPolicy Policy) : Compilation;

    /// <summary>It can't; every mistake is listed, at least one and at most <see cref="PolicyBounds.MaxFaults"/>.</summary>
    public sealed record Refused(IReadOnlyList<PolicyFault> Faults) : Compilation;
}
