using System.Data.Common;
using System.Text.Json;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Enforcement;

/// <summary>Reads incidents by what <see cref="IncidentEntries"/> noted: a page costs what is on it.</summary>
internal sealed class IncidentBook(ReadPool reads) : IIncidentBook
{
    // The end is the first after it in the ledger too: two entries may be of one millisecond.
    private const string Shown =
        """
        opening.json, (
          SELECT d.json FROM incident_entry AS e JOIN decision AS d ON d.seq = e.seq
          WHERE e.role = 2 AND e.kind = i.kind AND e.key = i.key AND e.at >= i.at AND e.seq > i.seq ORDER BY e.at, e.seq LIMIT 1)
        FROM incident_entry AS i JOIN decision AS opening ON opening.seq = i.seq
        """;

    private const string InTime = "i.role = 1 AND i.at >= $1 AND i.at <= $2";
    private const string Newest = "ORDER BY i.at DESC, i.seq DESC LIMIT $3";

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Incident>> ListAsync(Subject? subject, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken = default)
    {
        var condition = subject is null ? InTime : InTime + " AND i.kind = $4 AND i.key = $5";
        object?[] arguments = subject is { } of ? [from.ToStored(), to.ToStored(), limit, (int)of.Kind, of.Key] : [from.ToStored(), to.ToStored(), limit];
        return reads.ReadAsync<IReadOnlyList<Incident>>(
            async (session, cancel) =>
            {
                var found = await session.ListAsync($"SELECT {Shown} WHERE {condition} {Newest}", arguments, Read, cancel);
                var shares = await session.ListAsync(
                    $"""
                     SELECT share.json FROM (SELECT i.seq FROM incident_entry AS i WHERE {condition} {Newest}) AS page
                     JOIN decision AS opening ON opening.seq = page.seq
                     JOIN incident_entry AS s ON s.role = 3 AND s.about = opening.id JOIN decision AS share ON share.seq = s.seq ORDER BY s.seq DESC
                     """,
                    arguments,
                    static row => Parse(row.GetString(0)),
                    cancel);

                // Stored to the millisecond, and asked for to less.
                var shared = shares.ToLookup(share => share.Evidence);
                return [.. found.Where(one => one.Opening.At >= from && one.Opening.At < to).Select(one => one with { Shares = [.. shared[one.Opening.Id]] })];
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<Incident?> FindAsync(string id, CancellationToken cancellationToken = default) => reads.ReadAsync<Incident?>(
        async (session, cancel) => await session.FirstAsync($"SELECT {Shown} WHERE opening.id = $1 AND i.role = 1", [id], Read, cancel) is { } found
            ? found with
            {
                Shares = await session.ListAsync(
                    "SELECT share.json FROM incident_entry AS s JOIN decision AS share ON share.seq = s.seq WHERE s.role = 3 AND s.about = $1 ORDER BY s.seq DESC",
                    [id],
                    static row => Parse(row.GetString(0)),
                    cancel),
            }
            : null,
        cancellationToken);

    private static Incident Read(DbDataReader row) => new(Parse(row.GetString(0)), row.IsDBNull(1) ? null : Parse(row.GetString(1)).At, []);

    private static Decision Parse(string json) => JsonSerializer.Deserialize(json, LedgerJson.Default.Decision)!;
}
