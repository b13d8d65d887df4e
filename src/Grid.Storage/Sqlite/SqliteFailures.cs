using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Grid.Storage.Sqlite;

/// <summary>Tells a store that cannot work from a statement that is wrong.</summary>
internal static class SqliteFailures
{
    public static bool IsOutage(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN
            or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB,
    };
}
