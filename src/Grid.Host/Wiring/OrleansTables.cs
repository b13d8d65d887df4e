using Grid.Host.Options;
using Npgsql;

namespace Grid.Host.Wiring;

/// <summary>Looks, before anything starts, whether Orleans' own scripts were run on the database; if not, says which to run.</summary>
internal static class OrleansTables
{
    // One query of each script's, as the script writes it into Orleans' own table of queries.
    private static readonly (string Query, string Script)[] Scripts = [("GatewaysQueryKey", "PostgreSQL-Clustering.sql")];

    /// <exception cref="ConfigurationFaultsException">A script is missing.</exception>
    public static async Task CheckAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var missing = await MissingAsync(source, cancellationToken);
        if (missing.Count > 0)
        {
            throw new ConfigurationFaultsException(
                [$"Grid:Storage:ConnectionString: must lead to a database with Microsoft Orleans' tables; run on it, in this order: {string.Join(", ", missing)}"]);
        }
    }

    private static async Task<List<string>> MissingAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var exists = source.CreateCommand("SELECT to_regclass('orleansquery') IS NOT NULL");
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return ["PostgreSQL-Main.sql", .. Scripts.Select(script => script.Script)];
        }

        var missing = new List<string>();
        foreach (var (query, script) in Scripts)
        {
            await using var known = source.CreateCommand("SELECT count(*) FROM orleansquery WHERE querykey = $1");
            known.Parameters.Add(new() { Value = query });
            if (await known.ExecuteScalarAsync(cancellationToken) is not > 0L)
            {
                missing.Add(script);
            }
        }

        return missing;
    }
}
