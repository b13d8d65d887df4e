using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Grid.Core.Ports;

namespace Grid.Host.Api.Access;

/// <summary>
/// A tenant's API key: <c>gk_ID_SECRET</c>, with an id of 16 hexadecimal digits, which is public, and a secret of 256 bits in base64url.
/// Only the SHA-256 of the whole is kept.
/// </summary>
public static class ApiKey
{
    private const string Prefix = "gk_";
    private const int IdLength = 16;
    private const int SecretBytes = 32;

    /// <summary>Longest key that is looked at, in characters.</summary>
    public const int MaxLength = 512;

    /// <summary>Makes a key; its text exists only in the result.</summary>
    public static (StoredKey Stored, string Key) Make(string tenant, DateTimeOffset now)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2));
        var key = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        return (new(id, tenant, Hash(key), now), key);
    }

    /// <summary>The public part; false for what has not the shape of a key.</summary>
    public static bool TryReadId(ReadOnlySpan<char> key, [NotNullWhen(true)] out string? id)
    {
        id = null;
        if (key.Length is <= 20 or > MaxLength || !key.StartsWith(Prefix, StringComparison.Ordinal) || key[Prefix.Length + IdLength] != '_')
        {
            return false;
        }

        var digits = key.Slice(Prefix.Length, IdLength);
        if (digits.ContainsAnyExcept("0123456789abcdef"))
        {
            return false;
        }

        id = digits.ToString();
        return true;
    }

    /// <summary>SHA-256 of the key's UTF-8 form.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Whether a key has this hash, in a time that does not depend on how much of it is right.</summary>
    public static bool Matches(string key, ReadOnlySpan<byte> hash)
    {
        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> utf8 = stackalloc byte[MaxLength];
        if (!Encoding.UTF8.TryGetBytes(key, utf8, out var length))
        {
            return false;
        }

        SHA256.HashData(utf8[..length], own);
        return CryptographicOperations.FixedTimeEquals(own, hash);
    }
}
