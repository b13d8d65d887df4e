using System.Globalization;
using Grid.Core.Vocabulary;

namespace Grid.Host.Console.Parts;

/// <summary>Numbers, times and states as people read them; never in anybody's own locale, as the log and the API aren't.</summary>
internal static class Words
{
    /// <summary>12,345.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1.2 k, 3.4 M: for places where digits crowd.</summary>
    public static string Short(double number) => Math.Abs(number) switch
    {
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1_000_000:0.#} M"),
        >= 10_000 => string.Create(CultureInfo.InvariantCulture, $"{number / 1000:0.#} k"),
        >= 100 or 0 => number.ToString("N0", CultureInfo.InvariantCulture),
        _ => number.ToString("0.#", CultureInfo.InvariantCulture),
    };

    /// <summary>A fraction in percent, with as many places as tell small rates apart: 0.0011 → 0.11 %.</summary>
    public static string Percent(decimal fraction) => string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:0.####} %");

    /// <summary>850 ms, 12 s, 5 min, 3 h, 2 d.</summary>
    public static string Duration(TimeSpan span) => span.Duration() switch
    {
        { TotalSeconds: < 1 } small => string.Create(CultureInfo.InvariantCulture, $"{small.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 2 } seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0} s"),
        { TotalHours: < 2 } minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes.TotalMinutes:0} min"),
        { TotalDays: < 2 } hours => string.Create(CultureInfo.InvariantCulture, $"{hours.TotalHours:0.#} h"),
        var days => string.Create(CultureInfo.InvariantCulture, $"{days.TotalDays:0.#} d"),
    };

    /// <summary>0.4 ms, 12 ms, 1.5 s: for latencies.</summary>
    public static string Latency(TimeSpan span) => span.TotalMilliseconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMicroseconds:0} µs"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.#} ms"),
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
    };

    /// <summary>As the API writes it: active, warned …</summary>
    public static string State(Standing standing) => standing.ToString().ToLowerInvariant();

    /// <summary>2026-11-22 07:15 UTC.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>3 min ago, in 2 h.</summary>
    public static string Distance(DateTimeOffset at, DateTimeOffset now) =>
        (now - at).TotalSeconds is > -1 and < 1 ? "now" : at <= now ? Duration(now - at) + " ago" : "in " + Duration(at - now);

    /// <summary>hardBounces → hard bounces.</summary>
    public static string Spaced(string camel) => string.Concat(camel.Select((c, i) => char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>One, or several.</summary>
    public static string Plural(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";
}
