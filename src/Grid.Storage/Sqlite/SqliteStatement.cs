using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Grid.Storage.Sqlite;

/// <summary>
/// One prepared statement of the hot path, bound through SQLite's own interface: no parameter objects, no boxing, text encoded into
/// one reused buffer. Parameters are bound in order, from the first. Not for more than one thread.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[1024];
    private int _next = 1;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, _next++, value));
        return this;
    }

    public SqliteStatement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public SqliteStatement Bind(bool value) => Bind(value ? 1 : 0);

    public SqliteStatement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_text.Length < most)
        {
            _text = new byte[most];
        }

        var length = Encoding.UTF8.GetBytes(value, _text);
        Check(raw.sqlite3_bind_text(_statement, _next++, _text.AsSpan(0, length)));
        return this;
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, _next++, 0) : raw.sqlite3_bind_blob(_statement, _next++, value));
        return this;
    }

    /// <summary>Runs it to its end; returns how many rows it changed.</summary>
    public int Execute()
    {
        try
        {
            int code;
            do
            {
                code = raw.sqlite3_step(_statement);
            }
            while (code == raw.SQLITE_ROW);

            Check(code);
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs it to its first row, and reads that with <paramref name="read"/>; false when there is none.</summary>
    public bool First(Action<sqlite3_stmt>? read = null)
    {
        try
        {
            var code = raw.sqlite3_step(_statement);
            if (code == raw.SQLITE_ROW)
            {
                read?.Invoke(_statement);
                return true;
            }

            Check(code);
            return false;
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => _statement.Dispose();

    private SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, _next++));
        return this;
    }

    private void Reset()
    {
        _next = 1;
        raw.sqlite3_reset(_statement);
    }

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            var next = _next;
            _next = 1;
            throw new SqliteException($"SQLite error {code}: {raw.sqlite3_errmsg(_database).utf8_to_string()} (parameter {next})", code & 0xFF, raw.sqlite3_extended_errcode(_database));
        }
    }
}
