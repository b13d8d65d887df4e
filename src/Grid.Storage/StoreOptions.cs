namespace Grid.Storage;

/// <summary>Options of the store; <c>Grid:Storage:*</c> in the configuration.</summary>
public sealed class StoreOptions
{
    /// <summary>SQLite (default) or PostgreSQL.</summary>
    public StoreProvider Provider { get; set; } = StoreProvider.Sqlite;

    /// <summary>Data folder, made where it is missing: the embedded store's file and, with either provider, the delivery marks. One process at a time. Default <c>./data</c>.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>Npgsql connection string; for PostgreSQL only, and needed there.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Name under which this process owns its envelopes and its outcome log, 1 to 63 characters. Processes that share a PostgreSQL store need a name each. Default <c>grid</c>.</summary>
    public string OwnerName { get; set; } = "grid";

    /// <summary>How long outcomes are kept one by one before they become daily sums; 1 day or more, default 30 days.</summary>
    public TimeSpan OutcomeRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a body is kept after its message's last recipient is final; 0 or more, default 0.</summary>
    public TimeSpan BodyRetention { get; set; } = TimeSpan.Zero;

    /// <summary>How long a finished message can be looked up, from its acceptance; 1 day or more, default 30 days.</summary>
    public TimeSpan MessageRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a PostgreSQL owner that shows no sign of life keeps its envelopes; 3 s or more, default 30 s. Renewed three times in that span.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The rule that is broken, with the option's full name; null when all is well.</summary>
    public string? Fault() => this switch
    {
        { Folder.Length: 0 } => "Grid:Data must name a folder",
        { OwnerName.Length: 0 or > 63 } => "Grid:Storage:OwnerName must have 1 to 63 characters",
        { Provider: StoreProvider.Postgres, ConnectionString: null or "" } => "Grid:Storage:ConnectionString must be given with Grid:Storage:Provider=Postgres",
        _ when OutcomeRetention < TimeSpan.FromDays(1) => "Grid:Storage:OutcomeRetention must be at least 1 day",
        _ when MessageRetention < TimeSpan.FromDays(1) => "Grid:Storage:MessageRetention must be at least 1 day",
        _ when BodyRetention < TimeSpan.Zero => "Grid:Storage:BodyRetention must not be negative",
        _ when Lease < TimeSpan.FromSeconds(3) => "Grid:Storage:Lease must be at least 3 s",
        _ => null,
    };
}
