using Grid.Core.Ports;
using Grid.Testing;

namespace Grid.Storage.Tests.Beds;

/// <summary>Waits for the end of an outage.</summary>
public static class Outage
{
    private const int MostAttempts = 20_000;

    /// <summary>Asks again, moving the clock by the time between two probes, until the store takes the write.</summary>
    public static async Task<T> EndsAsync<T>(ManualClock clock, Func<ValueTask<T>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (StoreUnavailableException) when (attempt < MostAttempts)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                Thread.Yield();
            }
        }
    }
}
