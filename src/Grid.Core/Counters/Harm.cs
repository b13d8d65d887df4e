namespace Grid.Core.Counters;

/// <summary>What one tenant's mail did to a sending IP.</summary>
/// <param name="Tenant">Whose mail.</param>
/// <param name="Blocks">Refusals for the IP's reputation.</param>
/// <param name="Complaints">Complaints.</param>
public sealed record Harm(string Tenant, long Blocks, long Complaints);
