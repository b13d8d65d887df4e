using System.Globalization;
using System.Text.RegularExpressions;

namespace Grid.Core.Enforcement.Policies;

/// <summary>Numbers as policies write them: always with a unit. On failure the fault says what would be right.</summary>
public static partial class PolicyUnits
{
    /// <summary>"48 h", "7 d", "20 min", "30 s"; a whole number above zero.</summary>
    public static bool TryDuration(string text, out TimeSpan span, out string fault)
    {
        span = default;
        fault = "a length of time is written \"48 h\", with a unit of s, min, h or d";
        if (NumberAndUnit().Match(text) is not { Success: true } match || !long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        TimeSpan? unit = match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(1),
            "min" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => null,
        };
        if (unit is null)
        {
            return false;
        }

        if (count is < 1 or > 400_000_000 || unit.Value * count > TimeSpan.FromDays(3650))
        {
            fault = "a length of time is at least 1 s and at most 3650 d";
            return false;
        }

        span = unit.Value * count;
        return true;
    }

    /// <summary>"0.1 %", of at most six decimals, 0 to 100 %.</summary>
    public static bool TryShare(string text, out Ratio share, out string fault)
    {
        share = default;
        fault = "a share is written \"0.1 %\", between 0 % and 100 %, with at most six decimals";
        if (Percent().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var decimals = match.Groups[2].Value;
        var numerator = long.Parse(match.Groups[1].Value + decimals, CultureInfo.InvariantCulture);
        var denominator = 100 * (long)Math.Pow(10, decimals.Length);
        if (numerator > denominator)
        {
            return false;
        }

        share = new(numerator, denominator);
        return true;
    }

    /// <summary>"1000 messages": a whole number with the noun, in singular or plural.</summary>
    public static bool TryCount(string text, string noun, out long count, out string fault)
    {
        count = 0;
        fault = $"a number of {noun} is written \"1000 {noun}\", at most 1000000000000";
        return NumberAndUnit().Match(text) is { Success: true } match
            && (match.Groups[2].Value == noun || match.Groups[2].Value + "s" == noun)
            && long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out count)
            && count <= 1_000_000_000_000;
    }

    /// <summary>The text form of a length of time, in the largest unit that leaves a whole number.</summary>
    public static string Text(TimeSpan span) => span switch
    {
        _ when span.Ticks % TimeSpan.TicksPerDay == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays} d"),
        _ when span.Ticks % TimeSpan.TicksPerHour == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours} h"),
        _ when span.Ticks % TimeSpan.TicksPerMinute == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds} s"),
    };

    [GeneratedRegex(@"^([0-9]{1,15}) ?([A-Za-z]{1,30})\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberAndUnit();

    [GeneratedRegex(@"^([0-9]{1,3})(?:\.([0-9]{1,6}))? ?%\z", RegexOptions.CultureInvariant)]
    private static partial Regex Percent();
}
