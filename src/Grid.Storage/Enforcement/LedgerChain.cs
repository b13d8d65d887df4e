using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grid.Storage.Sql;

namespace Grid.Storage.Enforcement;

/// <summary>
/// What: the hash chain of the ledger. In: an entry as it is stored, and the hash of the one before. Out: its hash.
/// The canonical form is previous hash (32 octets; zeros for the first), number in the chain (8 octets, big endian), then id, kind, key,
/// at and JSON as UTF-8, each after its length in octets (4 octets, big endian); the hash is its SHA-256.
/// Guarantees that entries are numbered without gaps in the order in which they were committed, also with several writing processes:
/// who appends holds the head of the chain until the transaction ends.
/// </summary>
internal static class LedgerChain
{
    /// <summary>Octets of a hash.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    private const string Head = "ledger";
    private const int Page = 500;

    /// <summary>The chain of a store that has none yet: its entries in the order in which they were written.</summary>
    public static void Begin(SqlSession session)
    {
        session.Execute("INSERT INTO meta (name, number, bytes) VALUES ($1, 0, $2)", Head, new byte[HashBytes]);
        while (session.List("SELECT id, kind, key, at, json FROM decision WHERE link IS NULL ORDER BY seq LIMIT $1", ReadContent, Page) is { Count: > 0 } page)
        {
            foreach (var content in page)
            {
                var (link, previous) = Lock(session);
                var hash = HashOf(previous, link + 1, content);
                session.Execute("UPDATE decision SET link = $1, previous = $2, hash = $3 WHERE id = $4", link + 1, previous, hash, content.Id);
                Move(session, link + 1, hash);
            }
        }
    }

    /// <summary>Appends within the open transaction; false, and nothing is changed, when the id is known.</summary>
    public static bool Append(SqlSession session, LedgerContent content)
    {
        var (link, previous) = Lock(session);
        if (session.Scalar("SELECT 1 FROM decision WHERE id = $1", content.Id) is not null)
        {
            return false;
        }

        var hash = HashOf(previous, link + 1, content);
        session.Execute(
            "INSERT INTO decision (id, kind, key, at, json, link, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            content.Id, content.Kind, content.Key, content.At, content.Json, link + 1, previous, hash);
        Move(session, link + 1, hash);
        return true;
    }

    /// <summary>Number and hash of the last entry.</summary>
    public static (long Link, byte[] Hash) ReadHead(System.Data.Common.DbDataReader row) => (row.GetInt64(0), row.GetBytes(1));

    /// <summary>The statement for <see cref="ReadHead"/>.</summary>
    public const string HeadSql = "SELECT number, bytes FROM meta WHERE name = '" + Head + "'";

    public static byte[] HashOf(ReadOnlySpan<byte> previous, long link, LedgerContent content)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        sha.AppendData(previous);
        BinaryPrimitives.WriteInt64BigEndian(number, link);
        sha.AppendData(number);
        foreach (var field in (ReadOnlySpan<string>)
        [
            content.Id, content.Kind.ToString(CultureInfo.InvariantCulture), content.Key, content.At.ToString(CultureInfo.InvariantCulture), content.Json,
        ])
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(number, bytes.Length);
            sha.AppendData(number[..sizeof(int)]);
            sha.AppendData(bytes);
        }

        return sha.GetHashAndReset();
    }

    public static LedgerContent ReadContent(System.Data.Common.DbDataReader row) =>
        new(row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetInt64(3), row.GetString(4));

    /// <summary>The head; with PostgreSQL its row is locked, so that of several processes one appends at a time.</summary>
    private static (long Link, byte[] Hash) Lock(SqlSession session) =>
        session.List("UPDATE meta SET number = number WHERE name = $1 RETURNING number, bytes", ReadHead, Head) is [var head]
            ? head
            : throw new InvalidDataException("the head of the ledger's chain is missing from the store: restore it from a backup");

    private static void Move(SqlSession session, long link, byte[] hash) => session.Execute("UPDATE meta SET number = $2, bytes = $3 WHERE name = $1", Head, link, hash);
}
