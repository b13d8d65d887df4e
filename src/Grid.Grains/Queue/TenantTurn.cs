using Grid.Grains.Admission;

namespace Grid.Grains.Queue;

/// <summary>A tenant's turn at a site: its recipient domains there, in a ring of their own. Guarded by its ReadyQueue.</summary>
internal sealed class TenantTurn(string tenant, PermitBlock permits)
{
    private Action? _unpark;

    public string Tenant { get; } = tenant;

    public PermitBlock Permits { get; } = permits;

    public Dictionary<string, DomainTurn> Domains { get; } = new(StringComparer.Ordinal);

    /// <summary>Domains that may have something to take.</summary>
    public LinkedList<DomainTurn> Ring { get; } = new();

    /// <summary>Its place in the site's ring; null while it isn't in it.</summary>
    public LinkedListNode<TenantTurn>? Place { get; set; }

    /// <summary>It waits for permits.</summary>
    public bool Parked { get; set; }

    /// <summary>Called when there may be some again; made once, as it is handed over with every request.</summary>
    public required Action<TenantTurn> WhenPermitted { private get; init; }

    public Action Unpark => _unpark ??= () => WhenPermitted(this);
}
