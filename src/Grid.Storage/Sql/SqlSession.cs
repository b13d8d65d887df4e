using System.Data.Common;

namespace Grid.Storage.Sql;

/// <summary>
/// One connection with its statements kept prepared, used by one caller at a time. Statements number their parameters
/// <c>$1</c>, <c>$2</c> …, which both dialects understand.
/// </summary>
internal sealed class SqlSession(DbConnection connection, bool namedParameters) : IDisposable
{
    /// <summary>Most statements kept prepared; the code has fewer, so this only guards against text made at run time.</summary>
    private const int MaxPrepared = 256;

    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    public DbConnection Connection => connection;

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Bind(sql, arguments).ExecuteNonQuery();

    /// <summary>First column of the first row; null when there is no row or it holds NULL.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> arguments) => Bind(sql, arguments).ExecuteScalar() is var value and not DBNull ? value : null;

    public List<T> List<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>Runs through rows without keeping them.</summary>
    public void ForEach(string sql, Action<DbDataReader> visit, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        while (reader.Read())
        {
            visit(reader);
        }
    }

    public async ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, object?[] arguments, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var reader = await Bind(sql, arguments).ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>Runs through rows without keeping them.</summary>
    public async ValueTask EachAsync(string sql, object?[] arguments, Action<DbDataReader> visit, CancellationToken cancellationToken)
    {
        await using var reader = await Bind(sql, arguments).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            visit(reader);
        }
    }

    public async ValueTask<T?> FirstAsync<T>(string sql, object?[] arguments, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var reader = await Bind(sql, arguments).ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? map(reader) : default;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private DbCommand Bind(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            if (_commands.Count >= MaxPrepared)
            {
                throw new InvalidOperationException($"more than {MaxPrepared} different statements on one connection");
            }

            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= arguments.Length; i++)
            {
                var parameter = command.CreateParameter();
                if (namedParameters)
                {
                    parameter.ParameterName = "$" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
                }

                command.Parameters.Add(parameter);
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            command.Parameters[i].Value = arguments[i] switch
            {
                null => DBNull.Value,
                string text => StoredText.Clean(text),
                ReadOnlyMemory<byte> bytes => bytes.ToArray(),
                var value => value,
            };
        }

        return command;
    }
}
