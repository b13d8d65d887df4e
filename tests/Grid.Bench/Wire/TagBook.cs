namespace Grid.Bench.Wire;

/// <summary>
/// What became of each message of a load, by its number: when it was sent, whether the server accepted it, how often and when
/// the receiver got it. Written by the injecting sessions and the receiver's sessions at once; each number has its own slots.
/// </summary>
internal sealed class TagBook(int size)
{
    private readonly long[] sentAt = new long[size];
    private readonly long[] receivedAt = new long[size];
    private readonly bool[] accepted = new bool[size];
    private readonly int[] received = new int[size];
    private int next;
    private int arrivals;

    /// <summary>Numbers that it can hold.</summary>
    public int Size => size;

    /// <summary>Messages that reached the receiver so far, repeats included.</summary>
    public int Arrivals => Volatile.Read(ref arrivals);

    /// <summary>The number of the next message; null when all are given out.</summary>
    public int? Next()
    {
        var number = Interlocked.Increment(ref next) - 1;
        return number < size ? number : null;
    }

    /// <summary>The last byte of the message is on its way.</summary>
    public void Sent(int number) => Volatile.Write(ref sentAt[number], TimeProvider.System.GetTimestamp());

    /// <summary>The server has answered 250: from now on the message is its responsibility.</summary>
    public void Accepted(int number) => Volatile.Write(ref accepted[number], true);

    /// <summary>The receiver answers 250.</summary>
    public void Received(int number)
    {
        if ((uint)number >= (uint)size)
        {
            return;
        }

        if (Interlocked.Increment(ref received[number]) == 1)
        {
            Volatile.Write(ref receivedAt[number], TimeProvider.System.GetTimestamp());
        }

        Interlocked.Increment(ref arrivals);
    }

    /// <summary>Adds it all up.</summary>
    public TagTotals Totals()
    {
        int taken = 0, lost = 0, distinct = 0, repeats = 0, unasked = 0;
        for (var i = 0; i < size; i++)
        {
            var times = Volatile.Read(ref received[i]);
            var was = Volatile.Read(ref accepted[i]);
            taken += was ? 1 : 0;
            lost += was && times == 0 ? 1 : 0;
            distinct += times > 0 ? 1 : 0;
            repeats += Math.Max(0, times - 1);
            unasked += !was && times > 0 ? 1 : 0;
        }

        return new TagTotals(taken, lost, distinct, repeats, unasked);
    }

    /// <summary>From the last byte sent to received, in milliseconds, of the received messages that <paramref name="which"/> picks; ascending.</summary>
    public double[] DelaysMs(Func<int, bool> which)
    {
        var delays = new List<double>();
        for (var i = 0; i < size; i++)
        {
            if (received[i] > 0 && sentAt[i] > 0 && which(i))
            {
                delays.Add(TimeProvider.System.GetElapsedTime(sentAt[i], receivedAt[i]).TotalMilliseconds);
            }
        }

        delays.Sort();
        return [.. delays];
    }
}
