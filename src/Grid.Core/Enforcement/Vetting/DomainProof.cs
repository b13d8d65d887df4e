namespace Grid.Core.Enforcement.Vetting;

/// <summary>What the DNS said of a sending domain.</summary>
/// <param name="ProvenAt">When its record was right; null: never.</param>
/// <param name="Words">What was found last.</param>
public sealed record DomainProof(string Domain, DateTimeOffset CheckedAt, DateTimeOffset? ProvenAt, string Words);
