namespace Grid.Storage;

/// <summary>Where the store keeps its data.</summary>
public enum StoreProvider
{
    /// <summary>One file in the data folder, no server needed. One process.</summary>
    Sqlite = 0,

    /// <summary>A PostgreSQL server (13 or newer), shared by several processes.</summary>
    Postgres = 1,
}
