using Grid.Contracts.Admission;
using Grid.Core.Vocabulary;

namespace Grid.Grains.Admission;

/// <summary>
/// The permits of one subject that this process holds. In: grants from the subject's grain. Out: single permits, without a call.
/// Guarantees that no permit is used after its deadline or after it was revoked. When it runs dry it has more asked for, once, and
/// calls back whoever was turned away.
/// </summary>
public sealed class PermitBlock
{
    private const int FirstAsk = 64;
    private const int LargestAsk = 4096;
    private static readonly TimeSpan PacedBelow = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Action<PermitBlock> _ask;
    private readonly HashSet<Action> _waiters = [];
    private int _left;
    private int _unused;
    private int _lastGrant;
    private int _wanted = FirstAsk;
    private long _voidAt;
    private long _returnBy = long.MaxValue;
    private long _epoch;
    private bool _asking;
    private bool _paced;
    private TaskCompletionSource<bool>? _answer;
    private MailHold? _hold;

    internal PermitBlock(PermitKind kind, Subject subject, Action<PermitBlock> ask)
    {
        Kind = kind;
        Subject = subject;
        _ask = ask;
    }

    public PermitKind Kind { get; }

    public Subject Subject { get; }

    /// <summary>Why the last request gave none; null while permits are given.</summary>
    public PermitRefusal? Refusal { get; private set; }

    /// <summary>With a refusal: when to try again.</summary>
    public TimeSpan RetryAfter { get; private set; }

    /// <summary>Most transactions open at once for the subject; 0 = no limit.</summary>
    public int MaxConnections { get; private set; }

    /// <summary>Most messages over one connection; 0 = no limit.</summary>
    public int MaxMessagesPerConnection { get; private set; }

    /// <summary>For a tenant: its pool, as of the last grant.</summary>
    public string Pool { get; private set; } = "";

    /// <summary>For a tenant: what of its mail the permits at hand are not for; null: they are for all of it. To be read after a permit was taken. The same object while it says the same.</summary>
    public MailHold? Hold => Volatile.Read(ref _hold);

    /// <summary>The owner gives permits, and <see cref="Hold"/> is what it said since it last voided any.</summary>
    internal bool IsHoldKnown { get; private set; }

    /// <summary>Turns and callers that hold on to this block; it is forgotten only at 0.</summary>
    internal int Users;

    /// <summary>When it was last used, for forgetting (ticks of the clock).</summary>
    internal long LastUse { get; private set; }

    /// <summary>Done when the request under way is answered, true where its owner did; done already when there is none.</summary>
    internal Task<bool> Answer
    {
        get
        {
            lock (_gate)
            {
                return _asking ? (_answer ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.FromResult(true);
            }
        }
    }

    /// <summary>Takes <paramref name="count"/> permits, all or none. Turned away, <paramref name="waiter"/> is called once when it is worth trying again.</summary>
    public bool TryUse(long now, int count = 1, Action? waiter = null)
    {
        bool granted;
        bool ask;
        lock (_gate)
        {
            LastUse = now;
            DropVoid(now);
            granted = _left >= count;
            if (granted)
            {
                _left -= count;
            }
            else
            {
                _wanted = Math.Max(_wanted, count);
                if (waiter is not null)
                {
                    _waiters.Add(waiter);
                }
            }

            // A large block is renewed before it runs dry, so that nobody waits for the owner.
            ask = !_asking && RetryAfter == TimeSpan.Zero && (!granted || (_lastGrant >= FirstAsk && _left <= _lastGrant / 4));
            _asking |= ask;
        }

        if (ask)
        {
            _ask(this);
        }

        return granted;
    }

    /// <summary>Gives back permits that were taken and not used. Where they are paced they go to the owner: which block they came from, and its deadline, isn't known any more.</summary>
    public void GiveBack(long now, int count = 1) => PutBack(now, count, atOnce: false);

    /// <summary>Puts back a permit in the breath in which it was taken.</summary>
    internal void Untake(long now) => PutBack(now, 1, atOnce: true);

    /// <summary>What to ask the owner for now, and what goes back to it.</summary>
    internal (int Wanted, int Unused) StartAsking(long now)
    {
        lock (_gate)
        {
            var unused = now < _returnBy ? _unused : 0;
            _unused = 0;
            return (_wanted, unused);
        }
    }

    /// <summary>Takes in an answer. <paramref name="askedAt"/>: when the request was sent; the deadline counts from there. Returns the waiters to call.</summary>
    internal IReadOnlyList<Action> Receive(PermitGrant grant, long askedAt, long ticksPerSecond)
    {
        lock (_gate)
        {
            Answered(byOwner: true);
            if (grant.Epoch < _epoch)
            {
                _unused += grant.ReturnWithin is null ? grant.Count : 0;
                return TakeWaiters();
            }

            (MaxConnections, MaxMessagesPerConnection, Pool) = (grant.MaxConnections, grant.MaxMessagesPerConnection, grant.Pool);
            IsHoldKnown = grant.Refusal is null;
            if (IsHoldKnown && grant.Hold?.IsLike(_hold) is not true)
            {
                Volatile.Write(ref _hold, grant.Hold);
            }

            Refusal = grant.Refusal;
            RetryAfter = grant.Count > 0 ? TimeSpan.Zero : grant.RetryAfter;
            if (grant.Count == 0)
            {
                return [];
            }

            // Permits of a paced block keep their own deadline, and so do those that count for a day: what is left of the old block goes back.
            _paced = grant.UseWithin < PacedBelow;
            if (_paced || grant.ReturnWithin is not null)
            {
                _unused = askedAt < _returnBy ? _unused + _left : 0;
                _left = 0;
            }

            _left += grant.Count;
            _voidAt = askedAt + (long)(grant.UseWithin.TotalSeconds * ticksPerSecond);
            _returnBy = grant.ReturnWithin is { } within ? askedAt + (long)(within.TotalSeconds * ticksPerSecond) : long.MaxValue;
            _lastGrant = grant.Count;
            _wanted = grant.Count >= _wanted ? Math.Min(LargestAsk, _wanted * 2) : Math.Max(FirstAsk, _wanted / 2);
            return TakeWaiters();
        }
    }

    /// <summary>The request failed, or its time to wait is over: whoever waits may try again.</summary>
    internal IReadOnlyList<Action> Reopen(bool asked)
    {
        lock (_gate)
        {
            RetryAfter = TimeSpan.Zero;
            if (asked)
            {
                Answered(byOwner: false);
            }

            return TakeWaiters();
        }
    }

    /// <summary>Voids every permit of epochs up to <paramref name="epoch"/>, and every answer of them that is under way.</summary>
    internal IReadOnlyList<Action> Revoke(long epoch)
    {
        lock (_gate)
        {
            (_epoch, IsHoldKnown) = (epoch + 1, false);
            _unused += _left;

            // What was taken before and comes back unused is not to be used either.
            (_left, _voidAt) = (0, long.MinValue);
            (RetryAfter, Refusal) = (TimeSpan.Zero, null);
            return TakeWaiters();
        }
    }

    /// <summary>Voids the permits at hand; those on their way still count.</summary>
    internal IReadOnlyList<Action> Drop()
    {
        lock (_gate)
        {
            _unused += _left;
            (_left, _voidAt) = (0, long.MinValue);
            (RetryAfter, Refusal) = (TimeSpan.Zero, null);
            return TakeWaiters();
        }
    }

    private void PutBack(long now, int count, bool atOnce)
    {
        lock (_gate)
        {
            // Of a permit that was taken up it isn't known which day it counts for: where that matters it is lost.
            if (now < _voidAt && (atOnce || (!_paced && _returnBy == long.MaxValue)))
            {
                _left += count;
            }
            else if (atOnce || _returnBy == long.MaxValue)
            {
                _unused += count;
            }
        }
    }

    private void DropVoid(long now)
    {
        if (now >= _voidAt && _left > 0)
        {
            _unused += _left;
            _left = 0;
        }
    }

    private void Answered(bool byOwner)
    {
        _asking = false;
        _answer?.TrySetResult(byOwner);
        _answer = null;
    }

    private List<Action> TakeWaiters()
    {
        var taken = new List<Action>(_waiters);
        _waiters.Clear();
        return taken;
    }
}
