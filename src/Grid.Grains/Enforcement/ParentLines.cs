using Grid.Contracts.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Enforcement;

/// <summary>
/// Which tenant belongs to which. In: registry and ledger. Out: who holds a tenant back, who is below one. Guarantees: a line is followed
/// <see cref="MaxDepth"/> up at most, so that none is endless.
/// </summary>
public static class ParentLines
{
    /// <summary>Tenants above a tenant at most.</summary>
    public const int MaxDepth = 4;

    private const int Followed = 2 * MaxDepth;
    private const int Page = 500;

    /// <summary>The nearest tenant above that holds it back; null: none does.</summary>
    public static async ValueTask<ParentHold?> HoldingAsync(IRegistry registry, ILedger ledger, string tenant, string? parent, CancellationToken cancellationToken)
    {
        for (var depth = 0; parent is not null && depth < Followed; depth++)
        {
            if (await registry.FindAsync<ChildNote>(Registered.Child, Key(parent, tenant), cancellationToken) is { IsSuspended: true } note)
            {
                return new(parent, Standing.Suspended, "parent", $"{Subject.Tenant(tenant)} is suspended by the tenant that it belongs to, {parent}: {note.Reason}");
            }

            if (await ledger.StandingAsync(Subject.Tenant(parent), cancellationToken) is { Standing: Standing.Suspended or Standing.Terminated } above)
            {
                return new(parent, above.Standing, above.LastDecision.Clause, $"{Subject.Tenant(parent)}, to which the tenant belongs, is {above.Standing.ToString().ToLowerInvariant()}: {above.LastDecision.Reason}");
            }

            (tenant, parent) = (parent, (await registry.FindAsync<TenantSpec>(Registered.Tenant, parent, cancellationToken))?.Parent);
        }

        return null;
    }

    /// <summary>Those right below it, in order.</summary>
    public static async IAsyncEnumerable<string> ChildrenAsync(IRegistry registry, string parent)
    {
        var prefix = Key(parent, "");
        for (var after = prefix; ;)
        {
            var page = await registry.ListAsync(Registered.Child, after, Page);
            foreach (var entry in page)
            {
                if (!entry.Key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    yield break;
                }

                yield return entry.Key[prefix.Length..];
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1].Key;
        }
    }

    /// <summary>Tenants from its parent upward, at most one more than may be.</summary>
    public static async ValueTask<IReadOnlyList<string>> AboveAsync(IRegistry registry, string? parent, CancellationToken cancellationToken)
    {
        var line = new List<string>();
        while (parent is not null && line.Count <= MaxDepth)
        {
            line.Add(parent);
            parent = (await registry.FindAsync<TenantSpec>(Registered.Tenant, parent, cancellationToken))?.Parent;
        }

        return line;
    }

    /// <summary>The tenant leaves one and joins another; what the other says of it already stays.</summary>
    public static async ValueTask MoveAsync(IRegistry registry, string tenant, string? from, string? to)
    {
        if (from is not null && from != to)
        {
            await registry.RemoveAsync(Registered.Child, Key(from, tenant));
        }

        if (to is not null && await registry.ReadAsync(Registered.Child, Key(to, tenant)) is null)
        {
            await registry.PutAsync(Registered.Child, Key(to, tenant), new ChildNote(false, "", default));
        }
    }

    /// <summary>What a tenant says of one below it.</summary>
    public static ValueTask NoteAsync(IRegistry registry, string parent, string child, ChildNote note) => registry.PutAsync(Registered.Child, Key(parent, child), note);

    /// <summary>The same, as it is kept; null where the one isn't below the other.</summary>
    public static ValueTask<ChildNote?> FindAsync(IRegistry registry, string parent, string child, CancellationToken cancellationToken) =>
        registry.FindAsync<ChildNote>(Registered.Child, Key(parent, child), cancellationToken);

    private static string Key(string parent, string child) => $"{parent}/{child}";
}
