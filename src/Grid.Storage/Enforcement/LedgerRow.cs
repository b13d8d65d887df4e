using System.Data.Common;
using Grid.Storage.Sql;

namespace Grid.Storage.Enforcement;

/// <summary>An entry with its place in the chain, as it is found in the store; whoever altered it may have left anything there.</summary>
internal sealed record LedgerRow(LedgerContent Content, long Link, byte[] Previous, byte[] Hash)
{
    public const string Columns = "id, kind, key, at, json, link, previous, hash";

    /// <summary>Its hash is that of what it says.</summary>
    public bool IsIntact => Fits(Link, Previous, Content, Hash);

    /// <summary>This row's content, or the whole row, would be right at that place.</summary>
    public bool BelongsAt(LedgerRow place) => Fits(place.Link, place.Previous, Content, place.Hash) || Fits(place.Link, Previous, Content, Hash);

    public static LedgerRow Read(DbDataReader row) =>
        new(LedgerChain.ReadContent(row), row.GetInt64(5), row.IsDBNull(6) ? [] : row.GetBytes(6), row.IsDBNull(7) ? [] : row.GetBytes(7));

    private static bool Fits(long link, byte[] previous, LedgerContent content, byte[] hash) =>
        LedgerChain.HashOf(previous, link, content).AsSpan().SequenceEqual(hash);
}
