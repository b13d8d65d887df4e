using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Grid.Host.Ingress;

/// <summary>Encrypts private keys and secrets for the store (AES-256-GCM under a key derived from a secret), bound to the name that the key is for.</summary>
/// <param name="secret">At least 16 bytes.</param>
public sealed class KeySeal(byte[] secret)
{
    /// <summary>First byte of all that is sealed.</summary>
    public const byte Version = 1;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "grid private keys"u8.ToArray());

    /// <summary>Version, nonce, tag and the key, encrypted.</summary>
    public byte[] Seal(ReadOnlySpan<byte> privateKey, string name)
    {
        var sealedKey = new byte[1 + NonceBytes + TagBytes + privateKey.Length];
        sealedKey[0] = Version;
        var nonce = sealedKey.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, privateKey, sealedKey.AsSpan(1 + NonceBytes + TagBytes), sealedKey.AsSpan(1 + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(name));
        return sealedKey;
    }

    /// <summary>False where another secret, or for another name, sealed it, or it was changed.</summary>
    public bool TryOpen(ReadOnlySpan<byte> sealedKey, string name, [NotNullWhen(true)] out byte[]? privateKey)
    {
        privateKey = null;
        if (sealedKey.Length <= 1 + NonceBytes + TagBytes || sealedKey[0] != Version)
        {
            return false;
        }

        var opened = new byte[sealedKey.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        try
        {
            aes.Decrypt(sealedKey.Slice(1, NonceBytes), sealedKey[(1 + NonceBytes + TagBytes)..], sealedKey.Slice(1 + NonceBytes, TagBytes), opened, Encoding.UTF8.GetBytes(name));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        privateKey = opened;
        return true;
    }
}
