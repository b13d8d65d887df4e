using Grid.Core.Vocabulary;

namespace Grid.Host.Api;

/// <summary>States as the API writes them.</summary>
internal static class StandingNames
{
    public static bool TryParse(string? text, out Standing standing)
    {
        (var known, standing) = text switch
        {
            "pending" => (true, Standing.Pending),
            "active" => (true, Standing.Active),
            "warned" => (true, Standing.Warned),
            "suspended" => (true, Standing.Suspended),
            "terminated" => (true, Standing.Terminated),
            _ => (false, default),
        };
        return known;
    }
}
