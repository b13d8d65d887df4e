namespace Grid.Grains.Queue;

/// <content>What of a part of the queue is in memory, for whoever counts it.</content>
public sealed partial class ActiveWindow
{
    /// <summary>Goes through all that is in memory, which <see cref="QueueOptions.ActiveEnvelopes"/> bounds.</summary>
    /// <param name="which">By tenant and domain.</param>
    /// <returns>All of it; what does not wait in the store besides; and when the oldest of that was accepted.</returns>
    internal (int All, int Unstored, DateTimeOffset? Oldest) Count(Func<string, string, bool> which)
    {
        var (all, unstored) = (0, 0);
        DateTimeOffset? oldest = null;
        lock (_gate)
        {
            foreach (var item in _active.Values)
            {
                if (!which(item.Envelope.Tenant, item.Envelope.Domain))
                {
                    continue;
                }

                all++;
                if (!item.InStore)
                {
                    unstored++;
                    oldest = item.Envelope.AcceptedAt < (oldest ?? DateTimeOffset.MaxValue) ? item.Envelope.AcceptedAt : oldest;
                }
            }
        }

        return (all, unstored, oldest);
    }
}
