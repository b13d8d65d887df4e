using System.Globalization;

namespace Grid.Core.Vocabulary;

/// <summary>
/// So many messages per span of time, with a burst. Written "100/min" or "100/min;burst=20"; the unit is one of s, min, h, d.
/// Without a burst it is one second's worth, and at least 1.
/// </summary>
/// <param name="Count">Messages per <paramref name="Per"/>, at least 1.</param>
/// <param name="Per">One second, minute, hour or day.</param>
/// <param name="Burst">Messages that may go at once after a pause, at least 1.</param>
public readonly record struct Rate(int Count, TimeSpan Per, int Burst)
{
    /// <summary>Most messages that a rate may name: 1,000,000,000 per unit.</summary>
    public const int MaxCount = 1_000_000_000;

    /// <summary>Messages per second.</summary>
    public double PerSecond => Count / Per.TotalSeconds;

    /// <summary>Time between two messages at this rate.</summary>
    public TimeSpan Interval => TimeSpan.FromTicks(Math.Max(1, Per.Ticks / Count));

    /// <summary>Reads the text form. On failure <paramref name="fault"/> says what is wrong and what would be right.</summary>
    public static bool TryParse(string? text, out Rate rate, out string fault)
    {
        rate = default;
        fault = "a rate is written \"100/min\" or \"100/min;burst=20\", with a unit of s, min, h or d";
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        var halves = parts[0].Split('/', StringSplitOptions.TrimEntries);
        if (parts.Length > 2 || halves.Length != 2 || !TryCount(halves[0], out var count))
        {
            return false;
        }

        TimeSpan? per = halves[1] switch
        {
            "s" or "sec" or "second" => TimeSpan.FromSeconds(1),
            "min" or "m" or "minute" => TimeSpan.FromMinutes(1),
            "h" or "hour" => TimeSpan.FromHours(1),
            "d" or "day" => TimeSpan.FromDays(1),
            _ => null,
        };
        if (per is null)
        {
            return false;
        }

        var burst = DefaultBurst(count, per.Value);
        if (parts.Length == 2 && (!parts[1].StartsWith("burst=", StringComparison.Ordinal) || !TryCount(parts[1][6..], out burst)))
        {
            return false;
        }

        rate = new(count, per.Value, burst);
        fault = "";
        return true;
    }

    private static int DefaultBurst(int count, TimeSpan per) => Math.Max(1, (int)(count / per.TotalSeconds));

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= MaxCount;

    /// <summary>The text form; the burst is written only where it isn't the default.</summary>
    public override string ToString()
    {
        var unit = Per.TotalSeconds switch { 1 => "s", 60 => "min", 3600 => "h", 86400 => "d", _ => Per.ToString("c", CultureInfo.InvariantCulture) };
        var text = string.Create(CultureInfo.InvariantCulture, $"{Count}/{unit}");
        return Burst == DefaultBurst(Count, Per) ? text : string.Create(CultureInfo.InvariantCulture, $"{text};burst={Burst}");
    }
}
