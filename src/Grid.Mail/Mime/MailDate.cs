using System.Globalization;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>Dates of RFC 5322 section 3.3, with the obsolete forms of section 4.3: two-digit years, zone names, no seconds, no weekday.</summary>
public static class MailDate
{
    private const int MaxLength = 200;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Reads a Date header's value; comments are passed over. False for anything that is no date.</summary>
    public static bool TryParse(string text, out DateTimeOffset date)
    {
        date = default;
        if (text.Length > MaxLength)
        {
            return false;
        }

        var words = WithoutComments(text).Replace(',', ' ').Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var first = words.Length > 0 && !char.IsAsciiDigit(words[0][0]) ? 1 : 0;
        if (words.Length - first < 4
            || !Number(words[first], out var day)
            || Month(words[first + 1]) is not (> 0 and var month)
            || !Number(words[first + 2], out var year)
            || !Time(words[first + 3], out var time))
        {
            return false;
        }

        year += words[first + 2].Length >= 4 ? 0 : year < 50 ? 2000 : 1900;
        if (year is < 1900 or > 9998 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var offset = Zone(words.Length > first + 4 ? words[first + 4] : "");
        date = new DateTimeOffset(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time, offset);
        return true;
    }

    private static bool Number(string word, out int number) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static int Month(string word) => word.Length < 3 ? 0 : Array.IndexOf(Months, word[..3].ToLowerInvariant()) + 1;

    private static bool Time(string word, out TimeSpan time)
    {
        time = default;
        var parts = word.Split(':');
        var seconds = 0;
        if (parts.Length is < 2 or > 3 || !Number(parts[0], out var hours) || !Number(parts[1], out var minutes) || (parts.Length == 3 && !Number(parts[2], out seconds)))
        {
            return false;
        }

        // A leap second counts as the second before it.
        time = new TimeSpan(hours, minutes, Math.Min(seconds, 59));
        return hours < 24 && minutes < 60 && seconds <= 60;
    }

    private static TimeSpan Zone(string word)
    {
        if (word.Length == 5 && word[0] is '+' or '-' && Number(word[1..], out var zone) && zone / 100 < 14 && zone % 100 < 60)
        {
            var offset = new TimeSpan(zone / 100, zone % 100, 0);
            return word[0] == '-' ? -offset : offset;
        }

        // The North American names alone have a meaning; all others are unknown, which is written -0000 (RFC 5322 section 4.3).
        return TimeSpan.FromHours(word.ToUpperInvariant() switch
        {
            "EDT" => -4,
            "EST" or "CDT" => -5,
            "CST" or "MDT" => -6,
            "MST" or "PDT" => -7,
            "PST" => -8,
            _ => 0,
        });
    }

    private static string WithoutComments(string text)
    {
        if (!text.Contains('('))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        var depth = 0;
        foreach (var c in text)
        {
            depth += c == '(' ? 1 : 0;
            kept.Append(depth == 0 ? c : ' ');
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }

        return kept.ToString();
    }
}
