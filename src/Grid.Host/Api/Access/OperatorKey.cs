using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Grid.Core.Ports;

namespace Grid.Host.Api.Access;

/// <summary>
/// The operator's key. Configured, or made at first start and shown that once; only its SHA-256 is kept, in the registry.
/// </summary>
public sealed class OperatorKey
{
    private const string Kind = "operator";
    private const string Name = "key";

    private byte[]? _hash;

    /// <summary>Takes the configured key, or the stored one, or makes one and has it shown. Called once, when the store is open.</summary>
    /// <param name="configured">From <c>Grid:OperatorKey</c>; null for none. It replaces a stored one.</param>
    /// <param name="show">Called with a key that was just made: nobody can show it again.</param>
    public async ValueTask EnsureAsync(IRegistry registry, string? configured, Action<string> show, CancellationToken cancellationToken)
    {
        var stored = await registry.ReadAsync(Kind, Name, cancellationToken);
        if (configured is null && stored is not null)
        {
            _hash = JsonSerializer.Deserialize(stored, AccessJson.Default.StoredOperatorKey)?.Sha256
                ?? throw new InvalidOperationException("the operator's key in the store cannot be read");
            return;
        }

        var key = configured ?? "go_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _hash = ApiKey.Hash(key);
        var json = JsonSerializer.Serialize(new StoredOperatorKey(_hash), AccessJson.Default.StoredOperatorKey);
        if (json != stored)
        {
            await registry.WriteAsync(Kind, Name, json, cancellationToken);
        }

        if (configured is null)
        {
            show(key);
        }
    }

    /// <summary>Whether this is the key; false until <see cref="EnsureAsync"/> is done.</summary>
    public bool Matches(string key) => _hash is { } hash && ApiKey.Matches(key, hash);
}
