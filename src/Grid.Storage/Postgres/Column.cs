using Grid.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Grid.Storage.Postgres;

/// <summary>Values of one column of many rows, sent as one array.</summary>
internal sealed class Column<T>(string type, NpgsqlDbType element) : IColumn
{
    private readonly List<T> _values = [];

    /// <inheritdoc />
    public string Type => type;

    public void Add(T value) => _values.Add(value is string text ? (T)(object)StoredText.Clean(text) : value);

    /// <inheritdoc />
    public void Clear() => _values.Clear();

    /// <inheritdoc />
    public NpgsqlParameter ToParameter() => new() { Value = _values, NpgsqlDbType = NpgsqlDbType.Array | element };
}
