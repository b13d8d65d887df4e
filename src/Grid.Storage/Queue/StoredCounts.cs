using System.Data.Common;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Queue;

/// <summary>
/// How one part of the queue is counted: from the indexes of what waits and of what waits aside, which hold nothing else. The index of what waits
/// begins with the tenant; for a domain alone its tenants are found by skipping from one to the next.
/// </summary>
internal static class StoredCounts
{
    /// <param name="mine">Condition on an envelope that this process owns.</param>
    public static (string Sql, object?[] Arguments) Of(string mine, string? tenant, string? domain, DateTimeOffset now)
    {
        var due = now.ToStored();
        return (tenant, domain) switch
        {
            ({ } name, null) => (Sum("", "envelope WHERE", mine, "tenant = $2"), [due, name]),
            (null, { } name) => (Sum(Senders(mine), "sender CROSS JOIN envelope WHERE envelope.tenant = sender.name AND", mine, "domain = $2"), [due, name]),
            ({ } one, { } other) => (Sum("", "envelope WHERE", mine, "tenant = $2 AND domain = $3"), [due, one, other]),
            _ => throw new ArgumentException("a tenant, a domain or both are to be named"),
        };
    }

    public static StoredCount Read(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetTime(3));

    // Ids rise with the time of acceptance, and the indexes have them.
    private static string Sum(string senders, string waiting, string mine, string which) =>
        $"""
         WITH RECURSIVE {senders}
         part(n, deferred, aside, oldest) AS (
           SELECT count(*), sum(CASE WHEN due > $1 THEN 1 ELSE 0 END), 0, min(message) FROM {waiting} waiting = 1 AND {mine} AND {which}
           UNION ALL
           SELECT count(*), 0, count(*), min(message) FROM envelope WHERE waiting = 2 AND {mine} AND {which}),
         whole(n, deferred, aside, oldest) AS (SELECT sum(n), coalesce(sum(deferred), 0), sum(aside), min(oldest) FROM part)
         SELECT CAST(n AS bigint), CAST(deferred AS bigint), CAST(aside AS bigint), (SELECT accepted_at FROM message WHERE id = whole.oldest) FROM whole
         """;

    private static string Senders(string mine) =>
        $"""
         sender(name) AS (
           SELECT (SELECT tenant FROM envelope WHERE waiting = 1 AND {mine} ORDER BY tenant LIMIT 1)
           UNION ALL
           SELECT (SELECT tenant FROM envelope WHERE waiting = 1 AND {mine} AND tenant > sender.name ORDER BY tenant LIMIT 1) FROM sender WHERE sender.name IS NOT NULL),
         """;
}
