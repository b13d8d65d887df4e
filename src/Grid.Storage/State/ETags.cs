namespace Grid.Storage.State;

/// <summary>Makes ETags. Never the same twice, so that one from before a deletion fits nothing written after it.</summary>
internal static class ETags
{
    public static string New() => Guid.NewGuid().ToString("N");
}
