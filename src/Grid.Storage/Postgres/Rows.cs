using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Grid.Storage.Postgres;

/// <summary>Many rows for one statement: columns are sent as arrays and unnested, so that a group of any size costs one statement.</summary>
internal abstract class Rows
{
    private readonly List<IColumn> _columns = [];
    private string? _sql;

    public int Count { get; protected set; }

    /// <summary>The statement, with <c>{rows}</c> where the unnested arrays go.</summary>
    protected abstract string Statement { get; }

    public void Clear()
    {
        Count = 0;
        foreach (var column in _columns)
        {
            column.Clear();
        }
    }

    /// <summary>Adds the statement to a batch, where there are rows.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        if (Count == 0)
        {
            return;
        }

        var command = new NpgsqlBatchCommand(_sql ??= Sql());
        foreach (var column in _columns)
        {
            command.Parameters.Add(column.ToParameter());
        }

        batch.BatchCommands.Add(command);
    }

    protected Column<long> Long() => Add(new Column<long>("bigint", NpgsqlDbType.Bigint));

    protected Column<long?> LongOrNull() => Add(new Column<long?>("bigint", NpgsqlDbType.Bigint));

    protected Column<int> Int() => Add(new Column<int>("integer", NpgsqlDbType.Integer));

    protected Column<int?> IntOrNull() => Add(new Column<int?>("integer", NpgsqlDbType.Integer));

    protected Column<string?> Text() => Add(new Column<string?>("text", NpgsqlDbType.Text));

    protected Column<ReadOnlyMemory<byte>> Bytes() => Add(new Column<ReadOnlyMemory<byte>>("bytea", NpgsqlDbType.Bytea));

    private Column<T> Add<T>(Column<T> column)
    {
        _columns.Add(column);
        return column;
    }

    private string Sql() => Statement.Replace(
        "{rows}",
        "unnest(" + string.Join(", ", _columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}::{column.Type}[]"))) + ")",
        StringComparison.Ordinal);
}
