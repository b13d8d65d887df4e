using System.Text.Json;
using Grid.Core.Ports;
using Grid.Storage.Sql;

namespace Grid.Storage.Enforcement;

/// <summary>What a case is found by, read from its document in the registry and written with it.</summary>
/// <param name="Kind">Number of its subject's kind; -1: it has none.</param>
/// <param name="IsOpen">It has no verdict.</param>
/// <param name="IsUnlooked">It is open, and nobody looked at it.</param>
/// <param name="Due">By when somebody is to, in milliseconds since 1970-01-01 UTC; the end of time where that is not said.</param>
internal sealed record CaseEntry(string Id, int Kind, string Key, bool IsOpen, bool IsUnlooked, long Due)
{
    private const int Page = 100;

    public static CaseEntry Of(string id, string json)
    {
        using var document = JsonDocument.Parse(json);
        var subject = Value(document.RootElement, "subject");
        var kind = subject is { ValueKind: JsonValueKind.Object } && Value(subject.Value, "kind") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : -1;
        var key = subject is { ValueKind: JsonValueKind.Object } ? Value(subject.Value, "key")?.GetString() : null;
        var isOpen = Value(document.RootElement, "closedAt") is null;
        var due = Value(document.RootElement, "triageDue")?.GetDateTimeOffset().ToStored() ?? long.MaxValue;
        return new(id, kind, key ?? "", isOpen, isOpen && Value(document.RootElement, "lookedAt") is null, due);
    }

    /// <summary>Notes those of a registry that was written before.</summary>
    public static void Begin(SqlSession session)
    {
        var after = "";
        while (session.List("SELECT key, json FROM registry WHERE kind = $1 AND key > $2 ORDER BY key LIMIT $3", static row => (Key: row.GetString(0), Json: row.GetString(1)), ICases.Kind, after, Page) is { Count: > 0 } page)
        {
            foreach (var (key, json) in page)
            {
                after = key;
                Of(key, json).Write(session);
            }
        }
    }

    public static void Remove(SqlSession session, string id) => session.Execute("DELETE FROM case_entry WHERE id = $1", id);

    public void Write(SqlSession session) => session.Execute(
        """
        INSERT INTO case_entry (id, kind, key, is_open, unlooked, due) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, key = excluded.key, is_open = excluded.is_open, unlooked = excluded.unlooked, due = excluded.due
        """,
        Id, Kind, Key, IsOpen ? 1 : 0, IsUnlooked ? 1 : 0, Due);

    private static JsonElement? Value(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
