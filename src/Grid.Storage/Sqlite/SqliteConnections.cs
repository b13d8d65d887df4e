using Grid.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace Grid.Storage.Sqlite;

/// <summary>Opens connections to the embedded store's file, set up for their use.</summary>
internal static class SqliteConnections
{
    /// <summary>File in the data folder.</summary>
    public const string FileName = "grid.db";

    /// <summary>Bytes of a page, for a new file. Of 4, 8, 16 and 32 KiB, measured with 4 KiB bodies, this one costs the least processor time for
    /// accepting and settling together (38 µs a message; 45, 42, 45): a body lies in pages of its own, so deleting it rewrites no neighbour.</summary>
    public const int PageSizeBytes = 4_096;

    static SqliteConnections() => SQLitePCL.Batteries_V2.Init();

    /// <summary>The writer: WAL, every commit synced, checkpoints made elsewhere.</summary>
    public static SqlSession OpenWriter(string folder)
    {
        var session = Open(folder, SqliteOpenMode.ReadWriteCreate);
        session.Execute($"PRAGMA page_size = {PageSizeBytes}");
        session.Scalar("PRAGMA journal_mode = WAL");
        session.Execute("PRAGMA synchronous = FULL");
        session.Execute("PRAGMA wal_autocheckpoint = 0");
        session.Execute("PRAGMA cache_size = -65536");
        session.Execute("PRAGMA temp_store = MEMORY");
        return session;
    }

    /// <summary>A reader.</summary>
    public static SqlSession OpenReader(string folder)
    {
        var session = Open(folder, SqliteOpenMode.ReadWrite);
        session.Execute("PRAGMA query_only = 1");
        session.Execute("PRAGMA cache_size = -4096");
        session.Execute("PRAGMA temp_store = MEMORY");
        return session;
    }

    /// <summary>One that only makes checkpoints.</summary>
    public static SqlSession OpenCheckpointer(string folder)
    {
        var session = Open(folder, SqliteOpenMode.ReadWrite);
        session.Execute("PRAGMA synchronous = FULL");
        session.Execute("PRAGMA wal_autocheckpoint = 0");
        return session;
    }

    private static SqlSession Open(string folder, SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, FileName), Mode = mode, Pooling = false, DefaultTimeout = 5 };
        var connection = new SqliteConnection(text.ToString());
        connection.Open();
        var session = new SqlSession(connection, namedParameters: true);
        session.Execute("PRAGMA busy_timeout = 5000");
        return session;
    }
}
