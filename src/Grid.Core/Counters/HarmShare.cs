namespace Grid.Core.Counters;

/// <summary>A tenant's share of the harm to a sending IP.</summary>
/// <param name="Events">Its refusals or complaints.</param>
/// <param name="All">Those of all tenants.</param>
public sealed record HarmShare(string Tenant, long Events, long All)
{
    /// <summary>0 to 1.</summary>
    public decimal Share => (decimal)Events / All;
}
