using System.Text.Json;
using Grid.Core.Enforcement;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;

namespace Grid.Storage.Enforcement;

/// <summary>Notes which of the ledger's entries open, end or share an incident, so that incidents are found without reading the others.</summary>
internal static class IncidentEntries
{
    public const int Opens = 1;
    public const int Ends = 2;
    public const int Shares = 3;

    private const int Page = 500;

    /// <summary>Notes an entry that was appended in the open transaction.</summary>
    public static void Note(SqlSession session, Decision decision)
    {
        if (IncidentRules.Opens(decision))
        {
            Add(session, decision, Opens, "");
        }

        if (IncidentRules.Ends(decision))
        {
            Add(session, decision, Ends, "");
        }

        if (IncidentRules.SharedBy(decision) is { } incident)
        {
            Add(session, decision, Shares, incident);
        }
    }

    /// <summary>Notes those of a ledger that was written before.</summary>
    public static void Begin(SqlSession session)
    {
        var after = 0L;
        while (session.List("SELECT seq, json FROM decision WHERE seq > $1 ORDER BY seq LIMIT $2", static row => (Seq: row.GetInt64(0), Json: row.GetString(1)), after, Page) is { Count: > 0 } page)
        {
            foreach (var (seq, json) in page)
            {
                after = seq;
                if (Read(json) is { } decision)
                {
                    Note(session, decision);
                }
            }
        }
    }

    // An entry that somebody spoilt is for the ledger's check to name.
    private static Decision? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LedgerJson.Default.Decision);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Add(SqlSession session, Decision decision, int role, string about) => session.Execute(
        "INSERT INTO incident_entry (seq, role, kind, key, at, about) SELECT seq, $2, kind, key, at, $3 FROM decision WHERE id = $1", decision.Id, role, about);
}
