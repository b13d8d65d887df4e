using Grid.Grains.Admission;

namespace Grid.Grains.Queue;

/// <summary>What waits in memory of one tenant for one recipient domain, first in first out, transactional before bulk. Guarded by its ReadyQueue.</summary>
internal sealed class DomainTurn(TenantTurn tenant, string domain, PermitBlock permits)
{
    private readonly Queue<QueueItem> _urgent = new();
    private readonly Queue<QueueItem> _bulk = new();
    private readonly Stack<QueueItem> _returned = new();
    private Action? _unpark;

    public TenantTurn Tenant { get; } = tenant;

    public string Domain { get; } = domain;

    public PermitBlock Permits { get; } = permits;

    /// <summary>Transactions open now.</summary>
    public int Open { get; set; }

    /// <summary>It stands in its tenant's ring.</summary>
    public LinkedListNode<DomainTurn>? Place { get; set; }

    /// <summary>It waits for permits; it is put back into the ring when there are some.</summary>
    public bool Parked { get; set; }

    /// <summary>Called when there may be some again; made once, as it is handed over with every request.</summary>
    public required Action<DomainTurn> WhenPermitted { private get; init; }

    public Action Unpark => _unpark ??= () => WhenPermitted(this);

    public int Count => _urgent.Count + _bulk.Count + _returned.Count;

    public void Add(QueueItem item) => (item.Envelope.Stream == Core.Vocabulary.MailStream.Transactional ? _urgent : _bulk).Enqueue(item);

    public void Return(QueueItem item) => _returned.Push(item);

    public QueueItem Take() => _returned.Count > 0 ? _returned.Pop() : _urgent.Count > 0 ? _urgent.Dequeue() : _bulk.Dequeue();

    public QueueItem? Peek() => _returned.Count > 0 ? _returned.Peek() : _urgent.Count > 0 ? _urgent.Peek() : _bulk.Count > 0 ? _bulk.Peek() : null;
}
