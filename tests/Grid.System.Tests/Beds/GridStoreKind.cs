namespace Grid.System.Tests.Beds;

/// <summary>Where a grid under test keeps its mail.</summary>
public enum GridStoreKind
{
    Sqlite,
    PostgreSql,
}
