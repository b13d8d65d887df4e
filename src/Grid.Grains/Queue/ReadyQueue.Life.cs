namespace Grid.Grains.Queue;

/// <content>Its end, and being called for.</content>
public sealed partial class ReadyQueue
{
    private bool _retired;
    private long _lastAdded;

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
            if (_retired || !_turns.IsEmpty || _turns.Count > 0 || Volatile.Read(ref _connections) > 0
                || _clock.GetElapsedTime(_lastAdded) < unusedFor || (LastTaken != 0 && _clock.GetElapsedTime(LastTaken) < unusedFor))
            {
                return false;
            }

            _retired = true;
        }

        _book.Leave(SitePermits);
        return true;
    }
}
