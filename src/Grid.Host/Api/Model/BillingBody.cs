namespace Grid.Host.Api.Model;

/// <summary>What a tenant costs, and how its contract ended.</summary>
/// <param name="Ended">Absent while it goes on.</param>
/// <param name="CostsAreTheTenants">Its policy has it bear the cost of repairing what it damaged.</param>
/// <param name="Costs">Cost lines of its cases, oldest first.</param>
/// <param name="Totals">Their sums by currency.</param>
public sealed record BillingBody(string Tenant, ContractEndBody? Ended, bool CostsAreTheTenants, IReadOnlyList<CostBody> Costs, IReadOnlyList<CostTotalBody> Totals, UsageBody Usage);
