using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Grid.Host.Public;

/// <summary>
/// A signed time in a form: who sends it has asked for the form before, some seconds ago and not yesterday. Keeps simple robots out without a
/// script, a cookie or a third party. Its secret is the process' own, so that a form that was open over a restart has to be sent again.
/// </summary>
public sealed class FormStamp(TimeProvider clock)
{
    /// <summary>Nobody fills the form in faster.</summary>
    public static readonly TimeSpan Youngest = TimeSpan.FromSeconds(2);

    /// <summary>A form is good for so long.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(24);

    private const int TimeBytes = 8;
    private const int StampBytes = TimeBytes + 16;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The stamp of now.</summary>
    public string Make() => Make(clock.GetUtcNow());

    /// <summary>The stamp of an instant.</summary>
    internal string Make(DateTimeOffset at)
    {
        Span<byte> stamp = stackalloc byte[StampBytes];
        BinaryPrimitives.WriteInt64BigEndian(stamp, at.ToUnixTimeMilliseconds());
        Sign(stamp[..TimeBytes], stamp[TimeBytes..]);
        return Base64Url.EncodeToString(stamp);
    }

    /// <summary>Whether it is ours, and neither too young nor too old.</summary>
    public bool IsGood(string text)
    {
        if (text.Length != StampBytes / 3 * 4 || !Base64Url.IsValid(text))
        {
            return false;
        }

        ReadOnlySpan<byte> stamp = Base64Url.DecodeFromChars(text);
        Span<byte> proof = stackalloc byte[StampBytes - TimeBytes];
        Sign(stamp[..TimeBytes], proof);
        return CryptographicOperations.FixedTimeEquals(proof, stamp[TimeBytes..])
            && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(stamp)) is var age && age >= Youngest && age <= Oldest;
    }

    private void Sign(ReadOnlySpan<byte> time, Span<byte> proof)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, time, whole);
        whole[..proof.Length].CopyTo(proof);
    }
}
