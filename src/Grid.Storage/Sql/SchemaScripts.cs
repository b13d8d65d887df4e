using System.Globalization;
using System.Reflection;
using Grid.Core.Ports;
using Grid.Storage.Enforcement;

namespace Grid.Storage.Sql;

/// <summary>
/// The scripts that make and change the tables: <c>Schema/DIALECT/0001.sql</c> and so on, embedded in the assembly. Each runs once, in one
/// transaction with its row in <c>schema_version</c>; numbers may have gaps. A store with a version that isn't known here is refused untouched.
/// </summary>
internal static class SchemaScripts
{
    /// <summary>What a script can't say in SQL, done after it in the same transaction.</summary>
    private static readonly Dictionary<int, Action<SqlSession>> Steps = new() { [10] = LedgerChain.Begin, [29] = IncidentEntries.Begin, [30] = CaseEntry.Begin };

    /// <summary>Brings the store up to date. <paramref name="inTransaction"/> runs its argument in one transaction.</summary>
    public static void Migrate(SqlSession session, string dialect, Action<Action> inTransaction, TimeProvider clock)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)");
        var scripts = Load(dialect);
        var stored = session.List("SELECT version FROM schema_version", static row => row.GetInt32(0)).ToHashSet();
        var unknown = stored.Except(scripts.Keys).DefaultIfEmpty(0).Max();
        if (unknown > 0)
        {
            throw new StoreVersionException($"the store has schema version {unknown}, this Grid knows versions up to {scripts.Keys.Max()}: start the version of Grid that wrote it, or a newer one");
        }

        foreach (var (version, script) in scripts.Where(s => !stored.Contains(s.Key)))
        {
            inTransaction(() =>
            {
                using var command = session.Connection.CreateCommand();
                command.CommandText = script;
                command.ExecuteNonQuery();
                Steps.GetValueOrDefault(version)?.Invoke(session);
                session.Execute("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)", version, clock.GetUtcNow().ToStored());
            });
        }
    }

    /// <summary>The scripts by their number, in its order.</summary>
    private static SortedDictionary<int, string> Load(string dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Grid.Storage.Schema.{dialect}.";
        var scripts = new SortedDictionary<int, string>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            scripts.Add(int.Parse(name[prefix.Length..^".sql".Length], CultureInfo.InvariantCulture), reader.ReadToEnd());
        }

        return scripts;
    }
}
