using Grid.Host.Tests.Whole;

namespace Grid.Host.Tests.Policies;

/// <summary>A grid that can be ended, and begun again at a later time.</summary>
public sealed class ShiftedHost : HostFixture
{
    private readonly ShiftedClock _clock = new();

    protected override TimeProvider Clock => _clock;

    /// <summary>Nothing runs for so long.</summary>
    public Task SleepAsync(TimeSpan time)
    {
        _clock.Shift += time;
        return RestartAsync();
    }
}
