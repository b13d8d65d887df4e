namespace Grid.Host.Api.Access;

/// <summary>The key that sees what the operator sees and changes nothing, <c>Grid:ReadOnlyKey</c>.</summary>
/// <param name="key">Null where none is configured: then nobody has that role.</param>
public sealed class ReadOnlyKey(string? key)
{
    private readonly byte[]? _hash = key is null ? null : ApiKey.Hash(key);

    /// <summary>Whether this is the key.</summary>
    public bool Matches(string key) => _hash is { } hash && ApiKey.Matches(key, hash);
}
