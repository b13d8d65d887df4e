using System.Globalization;
using Grid.Core.Ports;
using Grid.Storage.Sql;
using Npgsql;

namespace Grid.Storage.Postgres;

/// <summary>
/// A process under its owner name.
/// In: the name, the clock. Out: the owner's number, by which envelopes and log records are its own.
/// Guarantees that no two live processes hold one name (a session's advisory lock), and that envelopes are adopted only from an owner
/// whose lease ran out and whose session is gone: a slow clock or a missed renewal alone takes nothing from a live process.
/// Fails with <see cref="StoreVersionException"/> when the name is in use.
/// </summary>
internal sealed class PostgresOwner(string name, TimeSpan lease, TimeProvider clock)
{
    /// <summary>Envelopes adopted by one write.</summary>
    public const int AdoptionBatch = 1_000;

    /// <summary>The lock's key; the schema is part of it, as each holds a store of its own.</summary>
    private const string LockOf = "hashtextextended('grid:' || current_schema() || ':' || $1, 0)";

    public int Id { get; private set; }

    /// <summary>Takes the name. Waits up to 5 s, as a server takes a moment to notice that a killed process is gone.</summary>
    public void Take(SqlSession session)
    {
        session.Execute("SET lock_timeout = '5s'");
        try
        {
            session.Execute($"SELECT pg_advisory_lock({LockOf})", name);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new StoreVersionException($"the owner name \"{name}\" is in use by another process on this store: give each process its own Grid:Storage:OwnerName");
        }

        session.Execute("SET lock_timeout = '10s'");
        Id = Convert.ToInt32(
            session.Scalar(
                """
                INSERT INTO owner (name, incarnation, lease_until) VALUES ($1, 1, $2)
                ON CONFLICT (name) DO UPDATE SET incarnation = owner.incarnation + 1, lease_until = excluded.lease_until RETURNING id
                """,
                name, Until()),
            CultureInfo.InvariantCulture);
    }

    /// <summary>What an earlier process of this name held in memory waits in the store again.</summary>
    public void AdoptOwn(SqlSession session) => session.Execute("UPDATE envelope SET waiting = 1 WHERE owner = $1 AND waiting = 0", Id);

    public int Renew(SqlSession session) => session.Execute("UPDATE owner SET lease_until = $1 WHERE id = $2", Until(), Id);

    /// <summary>Ends the lease now: whoever comes next need not wait for it.</summary>
    public int Release(SqlSession session) => session.Execute("UPDATE owner SET lease_until = $1 WHERE id = $2", clock.GetUtcNow().ToStored(), Id);

    /// <summary>Owners whose lease ran out and who may have left something.</summary>
    public List<(int Id, string Name)> Expired(SqlSession session) => session.List(
        "SELECT id, name FROM owner WHERE lease_until > 0 AND lease_until < $1 AND id <> $2 ORDER BY id", static row => (row.GetInt32(0), row.GetString(1)), clock.GetUtcNow().ToStored(), Id);

    /// <summary>Adopts up to <see cref="AdoptionBatch"/> envelopes after a key; they become waiting. Null when nothing is left to adopt,
    /// or the owner lives after all; otherwise the key to go on after.</summary>
    public (long Message, int Recipient)? Adopt(SqlSession session, int dead, string deadName, (long Message, int Recipient) after)
    {
        if (session.Scalar($"SELECT pg_try_advisory_xact_lock({LockOf})", deadName) is not true)
        {
            return null;
        }

        var adopted = session.List(
            """
            UPDATE envelope SET owner = $1, waiting = 1 WHERE (message, recipient) IN (
              SELECT message, recipient FROM envelope WHERE owner = $2 AND (message, recipient) > ($3, $4) ORDER BY message, recipient LIMIT $5)
            RETURNING message, recipient
            """,
            static row => (row.GetInt64(0), row.GetInt32(1)),
            Id, dead, after.Message, after.Recipient, AdoptionBatch);
        if (adopted.Count < AdoptionBatch)
        {
            session.Execute("UPDATE owner SET lease_until = 0 WHERE id = $1", dead);
            return null;
        }

        return adopted.Max();
    }

    private long Until() => (clock.GetUtcNow() + lease).ToStored();
}
