using System.Globalization;
using System.Reflection;
using Grid.Core.Ports;

namespace Grid.Storage.Sql;

/// <summary>
/// The scripts that make and change the tables: <c>Schema/DIALECT/0001.sql</c> and so on, embedded in the assembly, numbered in the order in
/// which they run; numbers may be left out. Each runs once, in one transaction with its row in <c>schema_version</c>; a store written by a
/// newer version is refused untouched.
/// </summary>
internal static class SchemaScripts
{
    /// <summary>Brings the store up to date. <paramref name="inTransaction"/> runs its argument in one transaction.</summary>
    public static void Migrate(SqlSession session, string dialect, Action<Action> inTransaction, TimeProvider clock)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)");
        var scripts = Load(dialect);
        var applied = session.List("SELECT version FROM schema_version", static row => row.GetInt32(0)).ToHashSet();
        var (stored, known) = (applied.DefaultIfEmpty().Max(), scripts.Keys.Max());
        if (stored > known)
        {
            throw new StoreVersionException($"the store has schema version {stored}, this Grid knows versions up to {known}: start the version of Grid that wrote it, or a newer one");
        }

        foreach (var (version, script) in scripts.Where(script => !applied.Contains(script.Key)))
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
            scripts.Add(int.Parse(name[prefix.Length..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture), reader.ReadToEnd());
        }

        return scripts;
    }
}
