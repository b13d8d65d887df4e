using System.Globalization;
using System.Reflection;
using Grid.Core.Ports;

namespace Grid.Storage.Sql;

/// <summary>
/// The scripts that make and change the tables: <c>Schema/DIALECT/NNNN.sql</c>, embedded in the assembly. Each runs once, in order of its
/// number and in one transaction with its row in <c>schema_version</c>; numbers may have gaps, and a script with a lower number that comes
/// later is run too. A store that holds a version which is not known here was written by a newer Grid, and is refused untouched.
/// </summary>
internal static class SchemaScripts
{
    /// <summary>Brings the store up to date. <paramref name="inTransaction"/> runs its argument in one transaction.</summary>
    public static void Migrate(SqlSession session, string dialect, Action<Action> inTransaction, TimeProvider clock)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)");
        var scripts = Load(dialect);
        var stored = session.List("SELECT version FROM schema_version", static row => row.GetInt32(0)).ToHashSet();
        if (stored.Count > 0 && stored.Max() is var newest && !scripts.ContainsKey(newest))
        {
            throw new StoreVersionException($"the store has schema version {newest}, this Grid knows versions up to {scripts.Keys.Last()}: start the version of Grid that wrote it, or a newer one");
        }

        foreach (var (version, script) in scripts.Where(script => !stored.Contains(script.Key)))
        {
            inTransaction(() =>
            {
                using var command = session.Connection.CreateCommand();
                command.CommandText = script;
                command.ExecuteNonQuery();
                session.Execute("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)", version, clock.GetUtcNow().ToStored());
            });
        }
    }

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
