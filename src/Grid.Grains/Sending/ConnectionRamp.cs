namespace Grid.Grains.Sending;

/// <summary>How a sender comes to the connections that waiting mail is worth: step by step.</summary>
internal static class ConnectionRamp
{
    /// <param name="open">Connections that stand.</param>
    /// <param name="worth">Connections that the mail in memory for the site is worth.</param>
    /// <param name="stuck">Those that stand may all be waiting for a slow answer: nobody fetched mail for a while.</param>
    /// <param name="failing">The last connections failed.</param>
    /// <param name="most">Limit of the sender.</param>
    public static int Wanted(int open, int worth, bool stuck, bool failing, int most)
    {
        // A site in trouble meets one, a well one at most twice as many as it knows.
        if (failing)
        {
            return 1;
        }

        return Math.Min(Math.Min(stuck && open > 0 ? open + 1 : worth, most), Math.Max(2, open * 2));
    }
}
