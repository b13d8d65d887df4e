using System.Security.Cryptography;

namespace Grid.Mail.Dkim;

/// <summary>A published key (RFC 6376 section 3.6.1), read.</summary>
internal sealed class DkimKeyRecord : IDisposable
{
    private const int MaxRecordCharacters = 8 * 1024;
    private const int MinBits = 1024;
    private const int MaxBits = 4096;

    private DkimKeyRecord(RSA key) => Key = key;

    public RSA Key { get; }

    /// <summary>t=y: being tried out.</summary>
    public bool IsTesting { get; private init; }

    /// <summary>t=s: i= must be of d= itself.</summary>
    public bool IsStrict { get; private init; }

    /// <summary>Reads a record's text; null with the reason where it can't be used.</summary>
    public static DkimKeyRecord? Read(string text, out string fault)
    {
        if (text.Length > MaxRecordCharacters || TagList.Read(text) is not { } tags)
        {
            fault = "the key's record is no list of tags";
            return null;
        }

        var key = tags.Packed("p");
        fault = tags["v"] is { } version && (version != "DKIM1" || tags.First != "v") ? "the key's record is of another version"
            : key is null ? "the key's record has no key"
            : key.Length == 0 ? "the key is revoked"
            : (tags["k"] ?? "rsa") != "rsa" ? "the key is of a kind that is not known here"
            : !Lists(tags["h"], "sha256") ? "the key is not for SHA-256"
            : !Lists(tags["s"], "email") && !Lists(tags["s"], "*") ? "the key is not for mail" : "";
        if (fault.Length > 0)
        {
            return null;
        }

        if (Import(key!) is not { } rsa)
        {
            fault = $"the key is no RSA key of {MinBits} to {MaxBits} bits";
            return null;
        }

        return new(rsa) { IsTesting = tags["t"] is not null && Lists(tags["t"], "y"), IsStrict = tags["t"] is not null && Lists(tags["t"], "s") };
    }

    /// <summary>Whether that text publishes that public key.</summary>
    /// <param name="publicKey">SubjectPublicKeyInfo.</param>
    public static bool Publishes(string text, ReadOnlySpan<byte> publicKey)
    {
        if (Read(text, out _) is not { } record)
        {
            return false;
        }

        using (record)
        {
            return record.Key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(publicKey);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Key.Dispose();

    private static bool Lists(string? list, string word) => list is null || list.Split(':').Any(item => item.Trim() == word);

    private static RSA? Import(string base64)
    {
        var rsa = RSA.Create();
        try
        {
            var der = Convert.FromBase64String(base64);
            if (!TryImport(der, rsa.ImportSubjectPublicKeyInfo) && !TryImport(der, rsa.ImportRSAPublicKey))
            {
                throw new CryptographicException();
            }

            if (rsa.KeySize is >= MinBits and <= MaxBits)
            {
                return rsa;
            }
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            // The only way in which the platform says that a key is none.
        }

        rsa.Dispose();
        return null;
    }

    private delegate void Importing(ReadOnlySpan<byte> der, out int read);

    private static bool TryImport(byte[] der, Importing import)
    {
        try
        {
            import(der, out _);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
