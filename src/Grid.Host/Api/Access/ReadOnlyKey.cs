using Grid.Host.Options;

namespace Grid.Host.Api.Access;

/// <summary>The key that sees what the operator sees and changes nothing, <c>Grid:ReadOnlyKey</c>; without it nobody has that role.</summary>
public sealed class ReadOnlyKey(GridOptions options)
{
    private readonly byte[]? _hash = options.ReadOnlyKey is { } key ? ApiKey.Hash(key) : null;

    /// <summary>Whether this is the key.</summary>
    public bool Matches(string key) => _hash is { } hash && ApiKey.Matches(key, hash);
}
