using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Grid.Core.Vocabulary;

namespace Grid.Core.Feedback;

/// <summary>
/// What: a signed reference to a message and recipient, as it stands in return paths and unsubscribe links.
/// In: an id and a recipient's index; or a token that came back. Out: 32 characters of a-z2-7 (RFC 4648's base 32, either case
/// when read); or what it refers to. Guarantees: nobody without a secret makes a token that reads (HMAC-SHA256 cut to 80 bits,
/// compared in constant time); a token made for one purpose reads for no other; each value has one spelling, case apart.
/// Fails: false for anything else. Thread-safe.
/// </summary>
public sealed class MessageToken
{
    /// <summary>Length of a token in characters.</summary>
    public const int Length = 32;

    /// <summary>The recipient that stands for the whole message.</summary>
    public const int WholeMessage = 0xFFFF;

    /// <summary>Shortest secret in bytes.</summary>
    public const int MinSecretBytes = 16;

    private const int PayloadBytes = 10;
    private const int TokenBytes = 20;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly byte[][] _keys;

    /// <param name="secret">Signs, and verifies; at least 16 bytes.</param>
    /// <param name="purpose">What the tokens are for, such as "return-path" or "unsubscribe".</param>
    /// <param name="older">Secrets that only verify, so that a secret can be changed while its tokens are about.</param>
    public MessageToken(byte[] secret, string purpose, params byte[][] older)
    {
        foreach (var each in older.Prepend(secret))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(each.Length, MinSecretBytes);
        }

        var label = Encoding.UTF8.GetBytes("grid message token: " + purpose);
        _keys = [.. older.Prepend(secret).Select(s => HMACSHA256.HashData(s, label))];
    }

    /// <summary>The token of a recipient. <paramref name="recipient"/> is 0 to 65,534, or <see cref="WholeMessage"/>.</summary>
    public string Sign(MessageId id, int recipient)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(recipient);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recipient, WholeMessage);
        Span<byte> bytes = stackalloc byte[TokenBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id.Value);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[8..], (ushort)recipient);
        Seal(_keys[0], bytes[..PayloadBytes], bytes[PayloadBytes..]);
        return Encode(bytes);
    }

    /// <summary>Reads a token, made with any of the secrets.</summary>
    public bool TryRead(ReadOnlySpan<char> token, out MessageId id, out int recipient)
    {
        id = default;
        recipient = 0;
        Span<byte> bytes = stackalloc byte[TokenBytes];
        if (!TryDecode(token, bytes))
        {
            return false;
        }

        Span<byte> seal = stackalloc byte[TokenBytes - PayloadBytes];
        foreach (var key in _keys)
        {
            Seal(key, bytes[..PayloadBytes], seal);
            if (CryptographicOperations.FixedTimeEquals(seal, bytes[PayloadBytes..]))
            {
                id = new(BinaryPrimitives.ReadInt64BigEndian(bytes));
                recipient = BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]);
                return true;
            }
        }

        return false;
    }

    private static void Seal(byte[] key, ReadOnlySpan<byte> payload, Span<byte> seal)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, payload, whole);
        whole[..seal.Length].CopyTo(seal);
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> chars = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
        {
            var bit = i * 5;
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
            chars[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }

        return new(chars);
    }

    private static bool TryDecode(ReadOnlySpan<char> token, Span<byte> bytes)
    {
        if (token.Length != Length)
        {
            return false;
        }

        var buffer = 0;
        var bits = 0;
        var at = 0;
        foreach (var c in token)
        {
            var digit = c switch { >= 'a' and <= 'z' => c - 'a', >= 'A' and <= 'Z' => c - 'A', >= '2' and <= '7' => c - '2' + 26, _ => -1 };
            if (digit < 0)
            {
                return false;
            }

            buffer = ((buffer << 5) | digit) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[at++] = (byte)(buffer >> bits);
            }
        }

        return true;
    }
}
