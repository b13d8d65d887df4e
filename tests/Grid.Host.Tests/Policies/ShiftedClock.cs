namespace Grid.Host.Tests.Policies;

/// <summary>The real clock, as far ahead as a test says: for what is due while a grid is down.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
