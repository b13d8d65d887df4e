using Grid.Storage.Sql;

namespace Grid.Storage.Enforcement;

/// <summary>
/// Tenants of which nothing is removed, as a case holds it for the law: documents of the registry under TENANT/CASE. In: the registry's
/// writes. Out: a condition for what the janitor removes, and whether there are any, so that a grid without holds pays nothing. Another
/// process' hold is known after the janitor's next round.
/// </summary>
internal sealed class LegalHolds(ReadPool reads)
{
    /// <summary>The registry's kind.</summary>
    public const string Kind = "legal-hold";

    private volatile bool _any;

    /// <summary>Whether anything is held.</summary>
    public bool Any => _any;

    /// <summary>A hold was written.</summary>
    public void Set() => _any = true;

    /// <summary>Looks whether there are any.</summary>
    public async ValueTask RefreshAsync(CancellationToken cancellationToken) =>
        _any = (await reads.ListAsync("SELECT key FROM registry WHERE kind = $1 LIMIT 1", [Kind], static row => row.GetString(0), cancellationToken)).Count > 0;

    /// <summary>True for rows of tenants that aren't held.</summary>
    /// <param name="tenant">Name of the column.</param>
    public static string Spare(string tenant) =>
        $"NOT EXISTS (SELECT 1 FROM registry h WHERE h.kind = '{Kind}' AND substr(h.key, 1, length({tenant}) + 1) = {tenant} || '/')";
}
