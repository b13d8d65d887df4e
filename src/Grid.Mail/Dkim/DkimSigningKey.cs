using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Grid.Mail.Dkim;

/// <summary>
/// A private key with the name under which its public half is published. Thread-safe: each signer at work has an instance of its own,
/// as many as were ever at work at once, which is at most the number of threads.
/// </summary>
public sealed class DkimSigningKey
{
    /// <summary>Longest signature in octets, of an RSA key of 4,096 bits.</summary>
    internal const int MaxSignatureOctets = 512;

    private readonly byte[] _privateKey;
    private readonly ConcurrentBag<RSA> _idle = [];

    /// <param name="domain">d=, lower case ASCII.</param>
    /// <param name="selector">s=, lower case ASCII.</param>
    /// <param name="privateKey">PKCS#8, RSA of 1,024 to 4,096 bits.</param>
    /// <exception cref="CryptographicException">It is no such key.</exception>
    public DkimSigningKey(string domain, string selector, ReadOnlySpan<byte> privateKey)
    {
        (Domain, Selector, _privateKey) = (domain, selector, privateKey.ToArray());
        var first = Open();
        if (first.KeySize is < 1024 or > 8 * MaxSignatureOctets)
        {
            throw new CryptographicException($"the key of {selector}._domainkey.{domain} has {first.KeySize} bits, not 1,024 to {8 * MaxSignatureOctets}");
        }

        _idle.Add(first);
    }

    /// <summary>The domain that signs.</summary>
    public string Domain { get; }

    /// <summary>Which of its keys.</summary>
    public string Selector { get; }

    /// <summary>Signs a SHA-256; returns the signature's length.</summary>
    internal int Sign(ReadOnlySpan<byte> digest, Span<byte> signature)
    {
        if (!_idle.TryTake(out var rsa))
        {
            rsa = Open();
        }

        try
        {
            return rsa.SignHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            _idle.Add(rsa);
        }
    }

    private RSA Open()
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(_privateKey, out _);
        return rsa;
    }
}
