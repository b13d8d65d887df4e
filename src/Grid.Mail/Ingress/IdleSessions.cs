using System.Net;

namespace Grid.Mail.Ingress;

/// <summary>
/// Sessions whose place a newcomer may have. Those that wait for their client first, the one that has waited longest before all others; then those that
/// have been at one thing for a minute, a transaction or the way to signing in, whatever they send meanwhile.
/// </summary>
/// <param name="idleAfter">How long one must have waited at least.</param>
internal sealed class IdleSessions(TimeProvider clock, TimeSpan idleAfter)
{
    /// <summary>Nobody who means to send takes so long, while others wait.</summary>
    public static readonly TimeSpan SlowAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<(IPAddress Peer, SmtpServerWire Wire, long Since)> _waiting = new();
    private readonly LinkedList<(IPAddress Peer, SmtpServerWire Wire, long Since)> _begun = new();

    /// <summary>A session begins to wait.</summary>
    public LinkedListNode<(IPAddress Peer, SmtpServerWire Wire, long Since)> Enter(IPAddress peer, SmtpServerWire wire) => Add(_waiting, peer, wire);

    /// <summary>It begins something that it should be done with soon.</summary>
    public LinkedListNode<(IPAddress Peer, SmtpServerWire Wire, long Since)> Begin(IPAddress peer, SmtpServerWire wire) => Add(_begun, peer, wire);

    /// <summary>It waits no more, or is done; nothing happens where it was evicted.</summary>
    public void Leave(LinkedListNode<(IPAddress Peer, SmtpServerWire Wire, long Since)> place)
    {
        lock (_gate)
            place.List?.Remove(place);
    }

    /// <summary>Ends a session, of one peer or of all; false where none is to be ended.</summary>
    public bool TryEvict(IPAddress? peer)
    {
        lock (_gate)
            return TryEvict(_waiting, peer, idleAfter) || TryEvict(_begun, peer, SlowAfter);
    }

    private LinkedListNode<(IPAddress Peer, SmtpServerWire Wire, long Since)> Add(LinkedList<(IPAddress Peer, SmtpServerWire Wire, long Since)> places, IPAddress peer, SmtpServerWire wire)
    {
        lock (_gate)
            return places.AddLast((peer, wire, clock.GetTimestamp()));
    }

    private bool TryEvict(LinkedList<(IPAddress Peer, SmtpServerWire Wire, long Since)> places, IPAddress? peer, TimeSpan atLeast)
    {
        for (var place = places.First; place is not null && clock.GetElapsedTime(place.Value.Since) >= atLeast; place = place.Next)
        {
            var (of, wire, _) = place.Value;
            if (!wire.IsEvicted && (peer is null || of.Equals(peer)))
            {
                places.Remove(place);

                // Under the lock: a session that leaves after this has seen the end of its wait, and its wire is still there.
                wire.Evict();
                return true;
            }
        }

        return false;
    }
}
