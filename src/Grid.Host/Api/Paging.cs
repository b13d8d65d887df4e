using System.Globalization;

namespace Grid.Host.Api;

/// <summary>The <c>limit</c> of a list: 1 to 1,000, default 100.</summary>
public static class Paging
{
    private const int Default = 100;
    private const int Most = 1000;

    /// <summary>Reads it from the query; on false the problem says what is wrong.</summary>
    public static bool TryLimit(HttpRequest request, out int limit, out Problem? problem)
    {
        (limit, problem) = (Default, null);
        if (request.Query["limit"] is not { Count: > 0 } given
            || (given.Count == 1 && int.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= Most))
        {
            return true;
        }

        problem = Problem.Malformed(new("limit", $"must be a whole number from 1 to {Most}"));
        return false;
    }
}
