using Grid.Contracts.Admission;
using Grid.Grains.Admission;

namespace Grid.Grains.Queue;

/// <summary>What waits in memory of one tenant for one recipient domain, first in first out, transactional before bulk. Guarded by its ReadyQueue.</summary>
internal sealed class DomainTurn(TenantTurn tenant, string domain, PermitBlock permits)
{
    private readonly Queue<QueueItem> _urgent = new();
    private readonly Queue<QueueItem> _bulk = new();
    private readonly Stack<QueueItem> _returned = new();
    private readonly List<QueueItem> _held = [];
    private MailHold? _hold;
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

    /// <summary>Envelopes that can be taken.</summary>
    public int Count => _urgent.Count + _bulk.Count + _returned.Count;

    /// <summary>Envelopes that are held while others go.</summary>
    public int Held => _held.Count;

    /// <summary>Whether what can be taken is what the tenant's permits are for.</summary>
    public bool IsSifted => ReferenceEquals(_hold, Tenant.Permits.Hold);

    /// <summary>Puts apart what the tenant's permits are not for, and lets go what they are for again.</summary>
    public void Sift()
    {
        var hold = Tenant.Permits.Hold;
        if (ReferenceEquals(hold, _hold))
        {
            return;
        }

        _hold = hold;
        QueueItem[] returned = [.. _returned], waiting = [.. _urgent, .. _bulk, .. _held];
        _returned.Clear();
        _urgent.Clear();
        _bulk.Clear();
        _held.Clear();
        for (var i = returned.Length - 1; i >= 0; i--)
        {
            Return(returned[i]);
        }

        foreach (var item in waiting)
        {
            Add(item);
        }
    }

    public void Add(QueueItem item)
    {
        if (IsHeld(item))
        {
            _held.Add(item);
        }
        else
        {
            (item.Envelope.Stream == Core.Vocabulary.MailStream.Transactional ? _urgent : _bulk).Enqueue(item);
        }
    }

    public void Return(QueueItem item)
    {
        if (IsHeld(item))
        {
            _held.Add(item);
        }
        else
        {
            _returned.Push(item);
        }
    }

    /// <summary>Takes all that is held.</summary>
    public List<QueueItem> TakeHeld()
    {
        List<QueueItem> held = [.. _held];
        _held.Clear();
        return held;
    }

    public QueueItem Take() => _returned.Count > 0 ? _returned.Pop() : _urgent.Count > 0 ? _urgent.Dequeue() : _bulk.Dequeue();

    public QueueItem? Peek() => _returned.Count > 0 ? _returned.Peek() : _urgent.Count > 0 ? _urgent.Peek() : _bulk.Count > 0 ? _bulk.Peek() : null;

    private bool IsHeld(QueueItem item) => _hold?.Holds(item.Envelope.Stream, item.Envelope.Campaign) is true;
}
