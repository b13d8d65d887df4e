namespace Grid.Core.Admission;

/// <summary>What was sent in each of the last 61 minutes, the current one included. Not thread-safe: one owner.</summary>
public sealed class MinuteCounts
{
    private const int Slots = 61;

    private readonly int[] _slots = new int[Slots];
    private long _minute;

    /// <summary>Adds to the current minute.</summary>
    public void Add(int count, DateTimeOffset now)
    {
        Turn(now);
        _slots[_minute % Slots] += count;
    }

    /// <summary>What was counted and not sent after all: taken from the latest minutes.</summary>
    public void TakeBack(int count, DateTimeOffset now)
    {
        Turn(now);
        for (var back = 0; back < Slots && count > 0; back++)
        {
            ref var slot = ref _slots[(_minute - back + Slots) % Slots];
            var taken = Math.Min(slot, count);
            slot -= taken;
            count -= taken;
        }
    }

    /// <summary>Sent in so many minutes before this one, and in this one: never less than in the time itself.</summary>
    public int In(int minutes, DateTimeOffset now)
    {
        Turn(now);
        var sum = 0;
        for (var back = 0; back <= minutes; back++)
        {
            sum += _slots[(_minute - back + Slots) % Slots];
        }

        return sum;
    }

    /// <summary>By minute since 1970, those that aren't empty.</summary>
    public Dictionary<long, int> Snapshot() => Enumerable.Range(0, Slots).Select(back => _minute - back).Where(m => m >= 0 && _slots[m % Slots] > 0).ToDictionary(m => m, m => _slots[m % Slots]);

    public void Restore(IReadOnlyDictionary<long, int> saved, DateTimeOffset now)
    {
        Turn(now);
        foreach (var (minute, count) in saved.Where(s => s.Key <= _minute && s.Key > _minute - Slots))
        {
            _slots[minute % Slots] = count;
        }
    }

    private void Turn(DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        if (minute - _minute >= Slots)
        {
            Array.Clear(_slots);
            _minute = minute;
        }

        while (_minute < minute)
        {
            _slots[++_minute % Slots] = 0;
        }
    }
}
