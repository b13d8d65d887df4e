using Npgsql;

namespace Grid.Storage.Postgres;

/// <summary>One column of <see cref="Rows"/>.</summary>
internal interface IColumn
{
    /// <summary>The elements' type in PostgreSQL.</summary>
    string Type { get; }

    void Clear();

    NpgsqlParameter ToParameter();
}
