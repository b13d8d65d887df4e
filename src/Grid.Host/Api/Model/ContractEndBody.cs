namespace Grid.Host.Api.Model;

/// <summary>How a tenant was terminated.</summary>
/// <param name="Decision">Id of the ledger's entry.</param>
/// <param name="By">grid or operator.</param>
/// <param name="RefundEligible">Whether its policy gives money back.</param>
public sealed record ContractEndBody(DateTimeOffset At, string Decision, PolicyName Policy, string Clause, string By, string Reason, bool RefundEligible);
