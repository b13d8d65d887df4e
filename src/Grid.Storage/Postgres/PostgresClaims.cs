using Grid.Core.Ports;
using Grid.Storage.Writing;
using Npgsql;

namespace Grid.Storage.Postgres;

/// <summary>
/// Idempotency keys of a whole group at once.
/// In: the group's acceptances with claims. Out: their results; null results are those to be kept.
/// Guarantees that of several claims on one key, in one group or in several processes, exactly one wins. Keys are inserted in one
/// order by everybody, so that two groups cannot wait for each other.
/// </summary>
internal sealed class PostgresClaims
{
    private readonly (ClaimRows Expire, ClaimRows Insert, ClaimRows Find) _rows = ClaimRows.Make();

    /// <summary>Sets the result of every acceptance that is a repeat; the others have Kept.</summary>
    public void Resolve(NpgsqlConnection connection, List<AcceptWrite> accepts)
    {
        var first = new Dictionary<(string, string), AcceptWrite>();
        foreach (var accept in accepts)
        {
            accept.Result = AcceptWrite.Kept;
            if (accept.Request.Idempotency is { } claim)
            {
                first.TryAdd((claim.Tenant, claim.Key), accept);
            }
        }

        if (first.Count == 0)
        {
            return;
        }

        var held = Insert(connection, first);
        foreach (var accept in accepts)
        {
            if (accept.Request.Idempotency is not { } claim)
            {
                continue;
            }

            var winner = first[(claim.Tenant, claim.Key)];
            if (held.TryGetValue((claim.Tenant, claim.Key), out var stored))
            {
                accept.Result = Answer(claim, stored.Hash, stored.Response);
            }
            else if (winner != accept)
            {
                var won = winner.Request.Idempotency!;
                accept.Result = Answer(claim, won.RequestHash, won.Response);
            }
        }
    }

    private static AcceptResult Answer(IdempotencyClaim claim, ReadOnlyMemory<byte> hash, ReadOnlyMemory<byte> response) =>
        claim.RequestHash.Span.SequenceEqual(hash.Span) ? new AcceptResult.Repeated(response) : AcceptWrite.KeyReused;

    /// <summary>Inserts the claims; returns what is stored under the keys that were held already.</summary>
    private Dictionary<(string, string), (byte[] Hash, byte[] Response)> Insert(NpgsqlConnection connection, Dictionary<(string, string), AcceptWrite> first)
    {
        Fill(_rows.Expire, first.Values);
        Fill(_rows.Insert, first.Values);
        var lost = new HashSet<(string, string)>(first.Keys);
        using (var batch = new NpgsqlBatch(connection))
        {
            _rows.Expire.AddTo(batch);
            _rows.Insert.AddTo(batch);
            using var reader = batch.ExecuteReader();
            while (reader.Read())
            {
                lost.Remove((reader.GetString(0), reader.GetString(1)));
            }
        }

        var held = new Dictionary<(string, string), (byte[], byte[])>();
        if (lost.Count > 0)
        {
            Fill(_rows.Find, lost.Select(key => first[key]));
            using var batch = new NpgsqlBatch(connection);
            _rows.Find.AddTo(batch);
            using var reader = batch.ExecuteReader();
            while (reader.Read())
            {
                held[(reader.GetString(0), reader.GetString(1))] = (reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3));
            }
        }

        return held;
    }

    private static void Fill(ClaimRows rows, IEnumerable<AcceptWrite> accepts)
    {
        rows.Clear();
        foreach (var accept in accepts)
        {
            rows.Add(accept.Request.Idempotency!);
        }
    }
}
