namespace Grid.Grains.Queue;

/// <summary>
/// How many connections a site's waiting mail is worth: what the receiver has taken and not yet said so is sent again after a crash, so that
/// few busy connections are better than many. In: how long each message took. Out: a count, by the quickest answers of late: one connection is
/// enough where it sends what waits within a second, and for a moment where nobody knows the site yet. Nothing fails here.
/// </summary>
internal sealed class ConnectionWorth(TimeProvider clock)
{
    /// <summary>Waiting envelopes that a further connection is opened for at most, however slow the receiver is.</summary>
    public const int Envelopes = 20;

    /// <summary>Work that is left to one connection.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromSeconds(1);

    /// <summary>Answers by which a site is known; the first ones are slow, as everything is done for the first time.</summary>
    public const int Known = 16;

    /// <summary>How long a site may be unknown: after it, its answers are slow ones.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a quick answer counts: at least as long, at most twice.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long _asked;
    private long _since;
    private int _answers;
    private TimeSpan _quickest = TimeSpan.MaxValue;
    private TimeSpan _quickestBefore = TimeSpan.MaxValue;

    /// <summary>A connection is opened.</summary>
    public void Asked()
    {
        lock (_gate)
        {
            _asked = _asked == 0 ? clock.GetTimestamp() : _asked;
        }
    }

    /// <summary>A transaction was answered.</summary>
    /// <param name="took">From when the connection was free for it.</param>
    /// <param name="envelopes">Its recipients, at least 1.</param>
    public void Answered(TimeSpan took, int envelopes)
    {
        lock (_gate)
        {
            if (_since == 0 || clock.GetElapsedTime(_since) >= Memory)
            {
                (_quickestBefore, _quickest, _since) = (_quickest, TimeSpan.MaxValue, clock.GetTimestamp());
            }

            var each = took / envelopes;
            _quickest = each < _quickest ? each : _quickest;
            _answers = Math.Min(_answers + 1, Known);
        }
    }

    /// <summary>Connections that so many envelopes are worth, at least 1.</summary>
    public int Of(int waiting)
    {
        var slow = 1 + (waiting / Envelopes);
        lock (_gate)
        {
            if (_answers < Known)
            {
                return _asked != 0 && clock.GetElapsedTime(_asked) >= Patience ? slow : 1;
            }

            var quickest = _quickest < _quickestBefore ? _quickest : _quickestBefore;
            return (int)Math.Min(slow, 1 + (waiting * (quickest / Horizon)));
        }
    }
}
