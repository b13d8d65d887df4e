namespace Grid.System.Tests.Beds;

/// <summary>How many of some instants fall into a window of a given length, wherever it lies.</summary>
internal static class RateWindow
{
    /// <summary>The most in any window that is closed at both ends.</summary>
    public static int Most(IReadOnlyList<TimeSpan> instants, TimeSpan length)
    {
        var sorted = instants.Order().ToList();
        var (most, first) = (0, 0);
        for (var last = 0; last < sorted.Count; last++)
        {
            while (sorted[last] - sorted[first] > length)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    /// <summary>Fails where a window of 1, 5 or 10 s has more than rate × length + burst, and one for the clock's grain.</summary>
    public static void NeverAbove(IReadOnlyList<TimeSpan> instants, double perSecond, int burst)
    {
        foreach (var seconds in (int[])[1, 5, 10])
        {
            var most = Most(instants, TimeSpan.FromSeconds(seconds));
            Assert.True(most <= (perSecond * seconds) + burst + 1, $"{most} messages within {seconds} s at a limit of {perSecond}/s with a burst of {burst}");
        }
    }
}
