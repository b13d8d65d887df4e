using System.Globalization;
using System.Reflection;
using Grid.Core.Ports;

namespace Grid.Storage.Sql;

/// <summary>
/// The scripts that make and change the tables: <c>Schema/DIALECT/0001.sql</c> and so on, embedded in the assembly. Each runs once, in one
/// transaction with its row in <c>schema_version</c>; a store written by a newer version is refused untouched.
/// </summary>
internal static class SchemaScripts
{
    /// <summary>Brings the store up to date. <paramref name="inTransaction"/> runs its argument in one transaction.</summary>
    public static void Migrate(SqlSession session, string dialect, Action<Action> inTransaction, TimeProvider clock)
    {
        session.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)");
        var scripts = Load(dialect);
        var stored = Convert.ToInt32(session.Scalar("SELECT max(version) FROM schema_version") ?? 0, CultureInfo.InvariantCulture);
        if (stored > scripts.Count)
        {
            throw new StoreVersionException($"the store has schema version {stored}, this Grid knows versions up to {scripts.Count}: start the version of Grid that wrote it, or a newer one");
        }

        for (var version = stored + 1; version <= scripts.Count; version++)
        {
            var number = version;
            inTransaction(() =>
            {
                using var command = session.Connection.CreateCommand();
                command.CommandText = scripts[number - 1];
                command.ExecuteNonQuery();
                session.Execute("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)", number, clock.GetUtcNow().ToStored());
            });
        }
    }

    private static List<string> Load(string dialect)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"Grid.Storage.Schema.{dialect}.";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            })
            .ToList();
    }
}
