using System.Globalization;
using System.Text;
using Grid.Mail.Mime;

namespace Grid.Mail.Dkim;

/// <summary>A DKIM-Signature field (RFC 6376 section 3.5), read and checked for what can be said without its key.</summary>
internal sealed record DkimSignature
{
    private const int MaxFieldBytes = 16 * 1024;
    private const int MaxSignedNames = 1000;

    public required string Domain { get; init; }

    public required string Selector { get; init; }

    /// <summary>i='s domain; d= where there is no i=.</summary>
    public required string IdentityDomain { get; init; }

    public required bool IsHeaderRelaxed { get; init; }

    public required bool IsBodyRelaxed { get; init; }

    /// <summary>Field names in the order of h=, lower case.</summary>
    public required IReadOnlyList<string> SignedNames { get; init; }

    public required byte[] BodyHash { get; init; }

    public required byte[] Signature { get; init; }

    /// <summary>l=: octets of the body that are signed; null for all.</summary>
    public required long? BodyLength { get; init; }

    /// <summary>x=; null where it never runs out.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Reads the field's value; the reason why not where it can't be used.</summary>
    public static DkimSignature? Read(ReadOnlySpan<byte> value, out string fault, out string domain)
    {
        domain = "";
        fault = "the field is no list of tags";
        if (value.Length > MaxFieldBytes || TagList.Read(value) is not { } tags)
        {
            return null;
        }

        domain = tags["d"] is { } named && Ascii.IsValid(named) && DomainName.TryToAscii(named, out var ascii) ? ascii : "";
        var canonical = (tags["c"] ?? "simple/simple").Split('/');
        var identity = tags["i"] is { } i ? i[(i.LastIndexOf('@') + 1)..].ToLowerInvariant() : domain;
        var names = (tags.Packed("h") ?? "").ToLowerInvariant().Split(':');
        var (hash, signature) = (Bytes(tags.Packed("bh")), Bytes(tags.Packed("b")));
        var selector = tags["s"]?.ToLowerInvariant() ?? "";
        fault = tags["v"] != "1" ? "v= is not 1"
            : domain.Length == 0 ? "d= is no domain"
            : !IsSelector(selector) ? "s= is no selector"
            : tags["a"] != "rsa-sha256" ? $"a={Shorten(tags["a"])} is not accepted"
            : canonical.Length > 2 || canonical.Any(c => c is not ("simple" or "relaxed")) ? "c= is not known"
            : tags["q"] is { } q && !q.Split(':').Any(m => m.Trim() == "dns/txt") ? "q= is not known"
            : !(identity == domain || identity.EndsWith("." + domain, StringComparison.Ordinal)) ? "i= is not below d="
            : names.Length > MaxSignedNames ? "h= is too long"
            : !names.Contains("from") ? "h= has no From"
            : hash.Length != BodyDigest.Octets ? "bh= is no SHA-256"
            : signature.Length is 0 or > 1024 ? "b= is no signature"
            : !TryNumber(tags["l"], out var length) || !TryNumber(tags["x"], out var expires) || !TryNumber(tags["t"], out var at) ? "l=, t= or x= is no number"
            : expires <= at ? "x= is before t=" : "";
        if (fault.Length > 0)
        {
            return null;
        }

        _ = TryNumber(tags["l"], out var signedLength);
        _ = TryNumber(tags["x"], out var end);
        return new()
        {
            Domain = domain,
            Selector = selector,
            IdentityDomain = identity,
            IsHeaderRelaxed = canonical[0] == "relaxed",
            IsBodyRelaxed = canonical.Length == 2 && canonical[1] == "relaxed",
            SignedNames = names,
            BodyHash = hash,
            Signature = signature,
            BodyLength = signedLength,
            ExpiresAt = end is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds())) : null,
        };
    }

    /// <summary>At most 12 digits, as the RFC has it for times; absent is a number too: null.</summary>
    private static bool TryNumber(string? text, out long? number)
    {
        number = null;
        if (text is null)
        {
            return true;
        }

        if (text.Length > 18 || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
        {
            return false;
        }

        number = read;
        return true;
    }

    /// <summary>Labels of letters, digits, hyphens and underscores: with "._domainkey." and a domain it is to make a name.</summary>
    private static bool IsSelector(string text) =>
        text.Length is > 0 and <= 127 && text.Split('.').All(static label => label.Length is > 0 and <= 63 && label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    private static byte[] Bytes(string? base64)
    {
        var bytes = new byte[(base64?.Length ?? 0) * 3 / 4];
        return base64 is not null && Convert.TryFromBase64String(base64, bytes, out var written) ? bytes[..written] : [];
    }

    private static string Shorten(string? text) => text is null ? "" : text.Length <= 30 ? text : text[..30] + "…";
}
