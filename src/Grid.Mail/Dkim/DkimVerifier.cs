using System.Security.Cryptography;
using Grid.Core.Ports;
using Grid.Mail.Mime;

namespace Grid.Mail.Dkim;

/// <summary>
/// Judges the DKIM signatures of a message (RFC 6376 section 6, RFC 8301). In: the message as it came, with CRLF line ends. Out: a
/// verdict for each of the first <see cref="MaxSignatures"/> signatures, from the top; none where there is no signature.
/// Guarantees: a pass means that the domain's published key made the signature over this body, whole, and over these fields, From
/// among them. rsa-sha1, keys under 1,024 bits, signatures of a part of the body, and ed25519 (which the platform lacks) never pass.
/// Fails: never on any bytes; a key that can't be looked up is a verdict. Work is bounded by the message's size and the constants here.
/// </summary>
public sealed class DkimVerifier(ITextRecords records, TimeProvider clock)
{
    /// <summary>Signatures looked at.</summary>
    public const int MaxSignatures = 5;

    private const string FieldName = "DKIM-Signature";
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Judges them all.</summary>
    public async ValueTask<IReadOnlyList<DkimVerdict>> VerifyAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        if (SplitHeader(message.Span) is not { } fields)
        {
            return [];
        }

        var verdicts = new List<DkimVerdict>();
        var bodies = new byte[]?[2];
        foreach (var (start, end) in fields.Where(f => HeaderLines.IsNamed(message.Span[f.Start..f.End], FieldName)).Take(MaxSignatures))
        {
            verdicts.Add(await JudgeAsync(message, fields, (start, end), bodies, cancellationToken));
        }

        return verdicts;
    }

    private async ValueTask<DkimVerdict> JudgeAsync(
        ReadOnlyMemory<byte> message, List<(int Start, int End)> fields, (int Start, int End) own, byte[]?[] bodies, CancellationToken cancellationToken)
    {
        var field = message[own.Start..own.End];
        if (DkimSignature.Read(field.Span[(field.Span.IndexOf((byte)':') + 1)..], out var fault, out var domain) is not { } signature)
        {
            return new(DkimResult.Neutral, domain, "", fault);
        }

        DkimVerdict Verdict(DkimResult result, string words, bool testing = false) => new(result, signature.Domain, signature.Selector, words, testing);
        if (signature.ExpiresAt + ClockSkew < clock.GetUtcNow())
        {
            return Verdict(DkimResult.Fail, "the signature has run out");
        }

        if (!IsBodyOf(message.Span, fields[^1].End, signature, bodies, out fault))
        {
            return Verdict(DkimResult.Fail, fault);
        }

        switch (await records.FindAsync(DkimKeyPair.RecordName(signature.Selector, signature.Domain), cancellationToken))
        {
            case TextAnswer.Unavailable unavailable:
                return Verdict(DkimResult.TemporaryError, unavailable.Words);
            case TextAnswer.None:
                return Verdict(DkimResult.PermanentError, "no key is published");
            case TextAnswer.Found found:
                using (var key = Key(found.Records, out fault))
                {
                    return key is null ? Verdict(DkimResult.PermanentError, fault)
                        : key.IsStrict && signature.IdentityDomain != signature.Domain ? Verdict(DkimResult.PermanentError, "the key is not for domains below its own")
                        : key.Key.VerifyHash(HeaderDigest(message.Span, fields, own, signature), signature.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                            ? Verdict(DkimResult.Pass, "the signature holds", key.IsTesting)
                            : Verdict(DkimResult.Fail, "the signature was made for something else");
                }

            case var other:
                throw new InvalidOperationException($"the look-up answered {other}");
        }
    }

    /// <summary>The first record that can be used: some domains have more than keys under the name.</summary>
    private static DkimKeyRecord? Key(IReadOnlyList<string> texts, out string fault)
    {
        fault = "no key is published";
        foreach (var text in texts.Take(MaxSignatures))
        {
            if (DkimKeyRecord.Read(text, out fault) is { } key)
            {
                return key;
            }
        }

        return null;
    }

    private static bool IsBodyOf(ReadOnlySpan<byte> message, int headerEnd, DkimSignature signature, byte[]?[] bodies, out string fault)
    {
        var body = message[(headerEnd + DkimSigner.BodyGap(message[headerEnd..]))..];
        ref var digest = ref bodies[signature.IsBodyRelaxed ? 1 : 0];
        if (digest is null || signature.BodyLength is not null)
        {
            digest = new byte[BodyDigest.Octets];
            if (BodyDigest.Compute(body, signature.IsBodyRelaxed, digest) > signature.BodyLength)
            {
                fault = "l= leaves a part of the body unsigned";
                return false;
            }
        }

        fault = "the body is another";
        return CryptographicOperations.FixedTimeEquals(digest, signature.BodyHash);
    }

    private static byte[] HeaderDigest(ReadOnlySpan<byte> message, List<(int Start, int End)> fields, (int Start, int End) own, DkimSignature signature)
    {
        var byName = new Dictionary<string, Stack<(int Start, int End)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            var span = message[field.Start..field.End];
            var name = System.Text.Encoding.Latin1.GetString(span[..Math.Max(0, span.IndexOf((byte)':'))].TrimEnd(" \t"u8));
            (byName.TryGetValue(name, out var known) ? known : byName[name] = new()).Push(field);
        }

        using var canonical = new MimeBuffer(8 * 1024);
        foreach (var name in signature.SignedNames)
        {
            if (byName.TryGetValue(name, out var left) && left.TryPop(out var field))
            {
                CanonicalField.Write(message[field.Start..field.End], signature.IsHeaderRelaxed, canonical);
            }
        }

        using var unsigned = new MimeBuffer(own.End - own.Start);
        WriteWithoutSignature(message[own.Start..own.End], unsigned);
        CanonicalField.Write(unsigned.Written, signature.IsHeaderRelaxed, canonical);
        var written = canonical.Written;
        return SHA256.HashData(written.EndsWith("\r\n"u8) ? written[..^2] : written);
    }

    /// <summary>The signature's own field, with nothing after b=.</summary>
    private static void WriteWithoutSignature(ReadOnlySpan<byte> field, MimeBuffer to)
    {
        var start = field.IndexOf((byte)':') + 1;
        to.Write(field[..start]);
        while (start < field.Length)
        {
            var length = field[start..].IndexOf((byte)';') is >= 0 and var end ? end + 1 : field.Length - start;
            var tag = field.Slice(start, length);
            var equals = tag.IndexOf((byte)'=');
            if (equals > 0 && tag[..equals].Trim(" \t\r\n"u8).SequenceEqual("b"u8))
            {
                to.Write(tag[..(equals + 1)]);
                to.Write(tag[^1] == (byte)';' ? ";"u8 : "\r\n"u8);
            }
            else
            {
                to.Write(tag);
            }

            start += length;
        }
    }

    /// <summary>Where each field begins and ends; null for a header that is over the bounds of <see cref="MessageReader"/> or has none.</summary>
    private static List<(int Start, int End)>? SplitHeader(ReadOnlySpan<byte> message)
    {
        var headerEnd = HeaderLines.EndOf(message);
        var fields = new List<(int, int)>(32);
        for (var start = 0; start < headerEnd;)
        {
            var end = HeaderLines.FieldEnd(message, start);
            fields.Add((start, end));
            start = end;
            if (start > MessageReader.MaxHeaderBytes || fields.Count > MessageReader.MaxHeaderCount)
            {
                return null;
            }
        }

        return fields.Count == 0 ? null : fields;
    }
}
