using Grid.Contracts.Enforcement;
using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A tenant above holds this one back.</summary>
/// <param name="Tenant">The tenant above.</param>
/// <param name="State">suspended or terminated.</param>
/// <param name="Clause">What decided there; "parent" where it suspended this one itself.</param>
/// <param name="Words">Why.</param>
public sealed record ParentHoldBody(string Tenant, Standing State, string Clause, string Words)
{
    public static ParentHoldBody? Of(ParentHold? hold) => hold is null ? null : new(hold.By, hold.Standing, hold.Clause, hold.Words);
}
