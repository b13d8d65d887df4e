using System.Net;

namespace Grid.Mail.Ingress;

/// <summary>Sessions outside of a transaction that wait for their client, the one that has waited longest first.</summary>
internal sealed class IdleSessions
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(IPAddress Peer, SmtpServerWire Wire)> _waiting = new();

    /// <summary>A session begins to wait.</summary>
    public LinkedListNode<(IPAddress Peer, SmtpServerWire Wire)> Enter(IPAddress peer, SmtpServerWire wire)
    {
        lock (_gate)
            return _waiting.AddLast((peer, wire));
    }

    /// <summary>It waits no more; nothing happens where it was evicted.</summary>
    public void Leave(LinkedListNode<(IPAddress Peer, SmtpServerWire Wire)> place)
    {
        lock (_gate)
        {
            if (place.List is not null)
                _waiting.Remove(place);
        }
    }

    /// <summary>Ends the wait of the longest waiting, of one peer or of all; false where none waits.</summary>
    public bool TryEvict(IPAddress? peer)
    {
        SmtpServerWire? wire = null;
        lock (_gate)
        {
            for (var place = _waiting.First; place is not null && wire is null; place = place.Next)
            {
                if (peer is null || place.Value.Peer.Equals(peer))
                {
                    wire = place.Value.Wire;
                    _waiting.Remove(place);
                }
            }

            // Under the lock: a session that leaves after this has seen the end of its wait, and its wire is still there.
            wire?.Evict();
        }

        return wire is not null;
    }
}
