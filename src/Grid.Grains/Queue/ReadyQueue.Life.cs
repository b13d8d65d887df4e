namespace Grid.Grains.Queue;

/// <content>Waiting for mail, being called for, and its end.</content>
public sealed partial class ReadyQueue
{
    private bool _retired;
    private long _lastAdded;

    /// <summary>Waits for something to take, at most <paramref name="atMost"/>; false when there was nothing. A signal since the sender last looked ends the wait at once.</summary>
    internal ValueTask<bool> WaitAsync(IdleSender sender, TimeSpan atMost)
    {
        lock (_gate)
        {
            if (sender.Seen != _signals)
            {
                return new(true);
            }

            _idle.Push(sender, atMost);
        }

        return sender.Wait();
    }

    /// <summary>Whoever was paused may stand again.</summary>
    internal void StandAll()
    {
        lock (_gate)
        {
            _turns.StandAll();
        }

        Signal(int.MaxValue);
    }

    /// <summary>Takes out of memory what is held while other mail of its tenant goes.</summary>
    internal List<QueueItem> WithdrawHeld()
    {
        lock (_gate)
        {
            return _turns.WithdrawHeld();
        }
    }

    /// <summary>What of the tenant's mail is held has changed.</summary>
    internal void Sift(string tenant)
    {
        lock (_gate)
        {
            _turns.Sift(tenant);
        }

        Signal(1);
    }

    /// <summary>There is a place for a connection again: says so to whoever opens them, if it is still of use.</summary>
    internal bool Want()
    {
        if (!HasTurns)
        {
            return false;
        }

        Wanted?.Invoke();
        return true;
    }

    /// <summary>Ends an empty queue that nobody has used for so long; false when it is of use. Afterwards it takes nothing any more.</summary>
    internal bool TryRetire(TimeSpan unusedFor)
    {
        lock (_gate)
        {
            if (_retired || !_turns.IsEmpty || Volatile.Read(ref _connections) > 0
                || _clock.GetElapsedTime(_lastAdded) < unusedFor || (LastTaken != 0 && _clock.GetElapsedTime(LastTaken) < unusedFor))
            {
                return false;
            }

            _retired = true;
        }

        _book.Leave(SitePermits);
        return true;
    }

    /// <summary>Envelopes in memory here of what <paramref name="which"/> picks by tenant and domain.</summary>
    internal int CountOf(Func<string, string, bool> which)
    {
        lock (_gate)
        {
            return _turns.CountOf(which);
        }
    }

    /// <summary>Recipient domains whose mail waits here, at most so many.</summary>
    internal IReadOnlyList<string> Domains(int most)
    {
        lock (_gate)
        {
            return _turns.Domains(most);
        }
    }
}
