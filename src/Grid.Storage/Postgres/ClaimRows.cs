using Grid.Core.Ports;
using Grid.Storage.Queue;
using Grid.Storage.Sql;

namespace Grid.Storage.Postgres;

/// <summary>Claims on idempotency keys, for the statements that drop expired ones, insert, and look up.</summary>
internal sealed class ClaimRows : Rows
{
    private readonly Column<string?> _tenant;
    private readonly Column<string?> _key;
    private readonly Column<ReadOnlyMemory<byte>> _hash;
    private readonly Column<ReadOnlyMemory<byte>> _response;
    private readonly Column<long> _at;

    public ClaimRows(string statement)
    {
        Statement = statement;
        (_tenant, _key, _hash, _response, _at) = (Text(), Text(), Bytes(), Bytes(), Long());
    }

    protected override string Statement { get; }

    public void Add(IdempotencyClaim claim)
    {
        Count++;
        _tenant.Add(claim.Tenant);
        _key.Add(claim.Key);
        _hash.Add(claim.RequestHash);
        _response.Add(claim.Response);
        _at.Add(claim.At.ToStored());
    }

    /// <summary>The three statements.</summary>
    public static (ClaimRows Expire, ClaimRows Insert, ClaimRows Find) Make()
    {
        var held = (long)Idempotency.HeldFor.TotalMilliseconds;
        const string Unnested = "{rows} AS u (tenant, key, hash, response, at)";
        return (
            new($"DELETE FROM idempotency i USING {Unnested} WHERE i.tenant = u.tenant AND i.key = u.key AND i.at <= u.at - {held}"),
            new($"INSERT INTO idempotency (tenant, key, hash, response, at) SELECT * FROM {Unnested} ORDER BY u.tenant, u.key ON CONFLICT DO NOTHING RETURNING tenant, key"),
            new($"SELECT i.tenant, i.key, i.hash, i.response FROM {Unnested} JOIN idempotency i ON i.tenant = u.tenant AND i.key = u.key"));
    }
}
