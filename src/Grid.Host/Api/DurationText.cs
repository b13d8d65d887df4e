using System.Globalization;

namespace Grid.Host.Api;

/// <summary>Durations as policies write them: in the largest unit that leaves a whole number.</summary>
internal static class DurationText
{
    public static string Of(TimeSpan span)
    {
        var (count, unit) = span switch
        {
            _ when span.Ticks % TimeSpan.TicksPerDay == 0 => (span.TotalDays, "d"),
            _ when span.Ticks % TimeSpan.TicksPerHour == 0 => (span.TotalHours, "h"),
            _ when span.Ticks % TimeSpan.TicksPerMinute == 0 => (span.TotalMinutes, "min"),
            _ => (span.TotalSeconds, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
    }
}
