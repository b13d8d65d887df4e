using System.Security.Cryptography;
using Grid.Core.Ports;

namespace Grid.Host.Wiring;

/// <summary>Keys that the grid signs with, made at first start and kept in the store.</summary>
public sealed class Secrets(IRegistry registry)
{
    private const string Kind = "secret";
    private const int Bytes = 32;

    /// <summary>Signs return paths and message references.</summary>
    public byte[] ReturnPath { get; private set; } = [];

    /// <summary>Encrypts private keys where the configuration has no secret for that.</summary>
    public byte[] KeySeal { get; private set; } = [];

    /// <summary>Hashes what terminated tenants were known by, and proves domains and addresses.</summary>
    public byte[] Identity { get; private set; } = [];

    /// <summary>Signs confirmation links.</summary>
    public byte[] Confirmation { get; private set; } = [];

    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        ReturnPath = await FindOrMakeAsync("return-path", cancellationToken);
        KeySeal = await FindOrMakeAsync("key-seal", cancellationToken);
        Identity = await FindOrMakeAsync("identity", cancellationToken);
        Confirmation = await FindOrMakeAsync("confirmation", cancellationToken);
    }

    private async ValueTask<byte[]> FindOrMakeAsync(string name, CancellationToken cancellationToken)
    {
        if (await registry.ReadAsync(Kind, name, cancellationToken) is { } kept)
        {
            return Convert.FromBase64String(kept.Trim('"'));
        }

        var made = RandomNumberGenerator.GetBytes(Bytes);
        await registry.WriteAsync(Kind, name, $"\"{Convert.ToBase64String(made)}\"", cancellationToken);
        return made;
    }
}
