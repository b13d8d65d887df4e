using Grid.Grains.Queue;

namespace Grid.Grains.Sending;

/// <summary>
/// Connections that waiting mail is worth. What the receiver has taken and not yet said so is sent again after a crash, so that few busy
/// connections are better than many.
/// </summary>
internal static class ConnectionRamp
{
    /// <param name="open">Connections that stand.</param>
    /// <param name="waiting">Envelopes in memory for the site.</param>
    /// <param name="stuck">Those that stand may all be waiting for a slow answer: nobody fetched mail for a while.</param>
    /// <param name="failing">The last connections failed.</param>
    /// <param name="most">Limit of the sender.</param>
    public static int Wanted(int open, int waiting, bool stuck, bool failing, int most)
    {
        // A site in trouble meets one, a well one at most twice as many as it knows.
        if (failing)
        {
            return 1;
        }

        var worth = stuck && open > 0 ? open + 1 : 1 + (waiting / ReadyQueue.WorthAConnection);
        return Math.Min(Math.Min(worth, most), Math.Max(2, open * 2));
    }
}
