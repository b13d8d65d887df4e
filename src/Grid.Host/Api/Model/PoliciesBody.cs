namespace Grid.Host.Api.Model;

/// <summary>The policies.</summary>
public sealed record PoliciesBody(IReadOnlyList<PolicyName> Policies);
