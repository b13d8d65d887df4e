namespace Grid.Host.Options;

/// <summary>Which store is used.</summary>
public enum StorageProvider
{
    /// <summary>Embedded, one process.</summary>
    Sqlite,

    /// <summary>A server, for one process or several.</summary>
    PostgreSQL,
}
