namespace Grid.Host.Api.SendGrid;

/// <summary>Replaces texts by others, one after the other, and never makes more than was allowed.</summary>
internal static class Substitutions
{
    /// <summary>False when the result would be longer than <paramref name="maxLength"/> characters.</summary>
    public static bool TryApply(string? text, IReadOnlyDictionary<string, string?>? substitutions, int maxLength, out string? result)
    {
        result = text;
        foreach (var (from, to) in substitutions ?? new Dictionary<string, string?>())
        {
            if (string.IsNullOrEmpty(result) || from.Length == 0)
            {
                continue;
            }

            var growth = (to?.Length ?? 0) - from.Length;
            if (growth > 0 && result.Length + ((long)Count(result, from) * growth) > maxLength)
            {
                return false;
            }

            result = result.Replace(from, to, StringComparison.Ordinal);
        }

        return true;
    }

    private static int Count(string text, string part)
    {
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }
}
