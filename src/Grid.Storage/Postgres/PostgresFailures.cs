using Npgsql;

namespace Grid.Storage.Postgres;

/// <summary>Tells a server that is lost or cannot write from a statement that is wrong.</summary>
internal static class PostgresFailures
{
    /// <summary>Classes and codes of appendix A of PostgreSQL's manual: connection, resources, operator's intervention, system error,
    /// internal error, read-only transaction, lock timeout.</summary>
    private static readonly string[] OutageStates = ["08", "53", "57", "58", "XX", "25006", "55P03"];

    public static bool IsOutage(Exception exception) => exception switch
    {
        PostgresException refused => OutageStates.Any(state => refused.SqlState.StartsWith(state, StringComparison.Ordinal)),
        NpgsqlException or IOException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };
}
