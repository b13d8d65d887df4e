using Grid.Core.Vocabulary;

namespace Grid.Grains.Tests.Sending;

/// <summary>
/// A receiver that counts: so many messages within a time from one IP, so many connections, so many messages over one. Beyond the count it
/// refuses for a while, and notes the trip; who knocks on, is noted too.
/// </summary>
/// <param name="Most">Messages within <paramref name="Window"/>.</param>
/// <param name="Penalty">How long everything is refused after a trip.</param>
/// <param name="Refusal">What it says then.</param>
internal sealed record LimitedReceiver(string Site, int Most, TimeSpan Window, TimeSpan Penalty, SmtpReply Refusal, int MostConnections, int MostOverOne)
{
    private static readonly SmtpReply Taken = new(250, "2.0.0", "OK");
    private static readonly SmtpReply Full = new(421, "", "421 Max message per connection reached closing transmission channel");
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(60);

    private readonly Queue<DateTimeOffset> _lately = new();

    /// <summary>When it began to refuse.</summary>
    public List<DateTimeOffset> Trips { get; } = [];

    /// <summary>What came while it refused, more than a minute after it had begun to; too many connections, or messages over one.</summary>
    public int Knocks { get; private set; }

    public int Accepted { get; private set; }

    /// <summary>What it would take in a time.</summary>
    public double Allows(TimeSpan time) => Most * (time / Window);

    public SmtpReply Take(int connections, int overThisOne, DateTimeOffset now)
    {
        while (_lately.TryPeek(out var oldest) && now - oldest >= Window)
        {
            _lately.Dequeue();
        }

        if (connections > MostConnections || overThisOne > MostOverOne)
        {
            Knocks++;
            return Full;
        }

        if (Trips.Count > 0 && now - Trips[^1] < Penalty)
        {
            Knocks += now - Trips[^1] > UnderWay ? 1 : 0;
            return Refusal;
        }

        if (_lately.Count >= Most)
        {
            Trips.Add(now);
            return Refusal;
        }

        _lately.Enqueue(now);
        Accepted++;
        return Taken;
    }
}
