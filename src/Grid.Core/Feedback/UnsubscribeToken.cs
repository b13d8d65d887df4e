using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Grid.Core.Vocabulary;

namespace Grid.Core.Feedback;

/// <summary>
/// What: the opaque text of an unsubscribe link. In: a reference; or a text that came back. Out: A-Z a-z 0-9 - _, about 80 characters, at
/// most <see cref="MaxLength"/>; or the reference. Guarantees: nobody without a secret makes one, alters one or sees who it is for; the
/// same reference has the same token; it reads as long as its secret is among those given. Fails: false for anything else. Thread-safe.
/// How: synthetic IV over HMAC-SHA256. The first 128 bits of the plain text's MAC are both proof and start of the key stream, which is the
/// MAC of that start and a counter under a second key.
/// </summary>
public sealed class UnsubscribeToken
{
    /// <summary>Longest token in characters.</summary>
    public const int MaxLength = 1024;

    private const byte Version = 1;
    private const int IvBytes = 16;
    private const int FixedBytes = 12;
    private const int MaxBytes = MaxLength / 4 * 3;

    private readonly (byte[] Mac, byte[] Stream)[] _keys;

    /// <param name="secrets">At least one, each of 16 bytes or more. The first makes tokens, all read them, so that a secret can be changed while its links are about.</param>
    public UnsubscribeToken(IReadOnlyList<byte[]> secrets)
    {
        ArgumentOutOfRangeException.ThrowIfZero(secrets.Count);
        foreach (var secret in secrets)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, MessageToken.MinSecretBytes);
        }

        _keys = [.. secrets.Select(secret => (HMACSHA256.HashData(secret, "grid unsubscribe token: proof"u8), HMACSHA256.HashData(secret, "grid unsubscribe token: stream"u8)))];
    }

    /// <summary>The token of a reference.</summary>
    /// <exception cref="ArgumentException">Tenant or address are too long for any valid one.</exception>
    public string Seal(in UnsubscribeReference reference)
    {
        var tenant = Encoding.UTF8.GetBytes(reference.Tenant);
        var address = Encoding.UTF8.GetBytes(reference.Address);
        var length = IvBytes + FixedBytes + tenant.Length + address.Length;
        if (tenant.Length > byte.MaxValue || length > MaxBytes || reference.Recipient is < 0 or > MessageToken.WholeMessage)
        {
            throw new ArgumentException($"an unsubscribe token holds no tenant of {tenant.Length} bytes with an address of {address.Length} and recipient {reference.Recipient}", nameof(reference));
        }

        var bytes = new byte[length];
        var plain = bytes.AsSpan(IvBytes);
        plain[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(plain[1..], reference.Message.Value);
        BinaryPrimitives.WriteUInt16BigEndian(plain[9..], (ushort)reference.Recipient);
        plain[11] = (byte)tenant.Length;
        tenant.CopyTo(plain[FixedBytes..]);
        address.CopyTo(plain[(FixedBytes + tenant.Length)..]);
        Prove(_keys[0].Mac, plain, bytes);
        Mask(_keys[0].Stream, bytes.AsSpan(0, IvBytes), plain);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a token made with any of the secrets.</summary>
    public bool TryRead(ReadOnlySpan<char> token, out UnsubscribeReference reference)
    {
        reference = default;
        if (token.Length is < (IvBytes + FixedBytes) * 4 / 3 or > MaxLength || token.ContainsAny(" \t\r\n=") || !Base64Url.IsValid(token))
        {
            return false;
        }

        var sealedBytes = Base64Url.DecodeFromChars(token);
        Span<byte> proof = stackalloc byte[IvBytes];
        foreach (var key in _keys)
        {
            var plain = sealedBytes.AsSpan(IvBytes).ToArray();
            Mask(key.Stream, sealedBytes.AsSpan(0, IvBytes), plain);
            Prove(key.Mac, plain, proof);
            if (CryptographicOperations.FixedTimeEquals(proof, sealedBytes.AsSpan(0, IvBytes)))
            {
                return TryParse(plain, out reference);
            }
        }

        return false;
    }

    private static bool TryParse(ReadOnlySpan<byte> plain, out UnsubscribeReference reference)
    {
        reference = default;
        if (plain.Length < FixedBytes || plain[0] != Version || plain.Length < FixedBytes + plain[11])
        {
            return false;
        }

        var rest = plain[FixedBytes..];
        reference = new(
            Encoding.UTF8.GetString(rest[..plain[11]]),
            new(BinaryPrimitives.ReadInt64BigEndian(plain[1..])),
            BinaryPrimitives.ReadUInt16BigEndian(plain[9..]),
            Encoding.UTF8.GetString(rest[plain[11]..]));
        return true;
    }

    private static void Prove(byte[] key, ReadOnlySpan<byte> plain, Span<byte> proof)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, plain, whole);
        whole[..IvBytes].CopyTo(proof);
    }

    private static void Mask(byte[] key, ReadOnlySpan<byte> iv, Span<byte> text)
    {
        Span<byte> block = stackalloc byte[IvBytes + 1];
        Span<byte> stream = stackalloc byte[HMACSHA256.HashSizeInBytes];
        iv.CopyTo(block);
        for (var at = 0; at < text.Length; at += stream.Length)
        {
            block[IvBytes] = (byte)(at / stream.Length);
            HMACSHA256.HashData(key, block, stream);
            var part = text[at..Math.Min(at + stream.Length, text.Length)];
            for (var i = 0; i < part.Length; i++)
            {
                part[i] ^= stream[i];
            }
        }
    }
}
