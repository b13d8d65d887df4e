using Grid.Grains.Queue;

namespace Grid.Host.Api.Model;

/// <summary>A message that waits for review.</summary>
/// <param name="Clause">The clause that holds it.</param>
/// <param name="Words">What was found.</param>
public sealed record HeldBody(string Id, string Tenant, DateTimeOffset At, PolicyName Policy, string Clause, string Words)
{
    public static HeldBody Of(HeldMessage held) => new(held.Id, held.Tenant, held.At, new(held.Policy, held.PolicyVersion), held.Clause, held.Words);
}
