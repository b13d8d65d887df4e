namespace Grid.Core.Enforcement.Policies;

/// <summary>What a policy asks of a tenant before it may send.</summary>
public sealed record VettingRules
{
    /// <summary>What must be there before a pending tenant is verified: words of <see cref="Vetting.VettingDemands"/>.</summary>
    public IReadOnlyList<string> Demands { get; init; } = [];

    /// <summary>The laws that a tenant attests to keep, such as can-spam, gdpr, casl.</summary>
    public IReadOnlyList<string> Regimes { get; init; } = [];
}
