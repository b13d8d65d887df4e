using Grid.Core.Admission;
using Grid.Core.Ports;

namespace Grid.Grains.Enforcement;

/// <summary>Warm-up plans: those of the operators, which go before, and those that are shipped.</summary>
public static class WarmupShelf
{
    private const int Page = 500;

    /// <summary>Null where there is no plan of that name.</summary>
    public static async ValueTask<WarmupPlan?> FindAsync(IRegistry registry, string name, CancellationToken cancellationToken = default) =>
        await registry.FindAsync<WarmupPlan>(Registered.WarmupPlan, name, cancellationToken) ?? WarmupPlans.Find(name);

    /// <summary>Each, by name; at most 500 of the operators'.</summary>
    public static async ValueTask<IReadOnlyList<WarmupPlan>> ListAsync(IRegistry registry, CancellationToken cancellationToken = default)
    {
        var own = (await registry.ListAsync(Registered.WarmupPlan, "", Page, cancellationToken)).Select(entry => Registered.Read<WarmupPlan>(entry.Value)).ToList();
        return [.. own.Concat(WarmupPlans.Shipped.Where(shipped => !own.Exists(plan => plan.Name == shipped.Name))).OrderBy(plan => plan.Name, StringComparer.Ordinal)];
    }
}
