using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Grid.Core.Feedback;

/// <summary>
/// What: the text of a confirmation link. In: a random id of <see cref="IdLength"/> characters; or a text that came back. Out: the id with its
/// proof, <see cref="Length"/> characters of A-Z a-z 0-9 - _; or the id. Guarantees: nobody without the secret makes one that reads (HMAC-SHA256
/// cut to 128 bits, compared in constant time), so that guesses never reach the store. Fails: false for anything else. Thread-safe.
/// </summary>
public sealed class ConfirmationToken(byte[] secret)
{
    /// <summary>Length of an id: 128 bits.</summary>
    public const int IdLength = 22;

    /// <summary>Length of a token.</summary>
    public const int Length = 2 * IdLength;

    private const int ProofBytes = 16;

    private readonly byte[] _key = HMACSHA256.HashData(secret, "grid confirmation token"u8);

    /// <summary>The link's token.</summary>
    public string Sign(string id) => id.Length == IdLength ? id + Proof(id) : throw new ArgumentException("a confirmation's id has 22 characters", nameof(id));

    /// <summary>Reads a token.</summary>
    public bool TryRead(string token, out string id)
    {
        id = "";
        if (token.Length != Length)
        {
            return false;
        }

        var claimed = token[..IdLength];
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Proof(claimed)), Encoding.UTF8.GetBytes(token[IdLength..])))
        {
            return false;
        }

        id = claimed;
        return true;
    }

    private string Proof(string id) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(id)).AsSpan(0, ProofBytes));
}
