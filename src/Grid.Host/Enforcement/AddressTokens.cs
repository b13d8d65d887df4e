using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grid.Host.Wiring;

namespace Grid.Host.Enforcement;

/// <summary>
/// Tokens by which the reader of an address confirms it. In: tenant, address, time. Out: a token that says all three and can't be made without
/// the grid's secret, so that nothing is stored until it comes back. Good for <see cref="HoldsFor"/>.
/// </summary>
public sealed class AddressTokens(Secrets secrets, TimeProvider clock)
{
    /// <summary>How long a link can be used.</summary>
    public static readonly TimeSpan HoldsFor = TimeSpan.FromDays(7);

    private const int SealBytes = 16;
    private const int MaxLength = 1024;

    /// <summary>The token.</summary>
    public string Make(string tenant, string address)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{tenant}\n{address}\n{clock.GetUtcNow().ToUnixTimeSeconds()}"));
        return Base64Url.EncodeToString([.. text, .. Seal(text)]);
    }

    /// <summary>What a token says; false where it isn't genuine, or too old.</summary>
    public bool TryRead(string token, out string tenant, out string address, out DateTimeOffset askedAt)
    {
        (tenant, address, askedAt) = ("", "", default);
        if (token.Length > MaxLength || !Base64Url.IsValid(token))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= SealBytes || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(bytes.Length - SealBytes), Seal(bytes.AsSpan(0, bytes.Length - SealBytes))))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(bytes, 0, bytes.Length - SealBytes).Split('\n');
        (tenant, address, askedAt) = (parts[0], parts[1], DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[2], CultureInfo.InvariantCulture)));
        return clock.GetUtcNow() - askedAt < HoldsFor;
    }

    private byte[] Seal(ReadOnlySpan<byte> text) => HMACSHA256.HashData(secrets.Identity, (byte[])[.. "address\n"u8, .. text])[..SealBytes];
}
