using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Grid.Mail.Mime;

/// <summary>
/// An address that can be written into an envelope or a header as it is: RFC 5321 section 4.1.2 (RFC 6531 where it has characters
/// beyond ASCII), valid by construction. Address literals (<c>user@[192.0.2.1]</c>) are refused: a recipient's domain is a name.
/// </summary>
public sealed record EmailAddress
{
    /// <summary>Longest local part, in octets of UTF-8 (RFC 5321 section 4.5.3.1.1).</summary>
    public const int MaxLocalPartOctets = 64;

    /// <summary>Longest address, in octets (RFC 5321 section 4.5.3.1.3: a path of 256 with its brackets).</summary>
    public const int MaxOctets = 254;

    private EmailAddress(string localPart, string domain, bool needsUtf8)
    {
        LocalPart = localPart;
        Domain = domain;
        NeedsUtf8 = needsUtf8;
    }

    /// <summary>As given, in quotes where it was given so; its case is the receiver's business.</summary>
    public string LocalPart { get; }

    /// <summary>Lower-case ASCII, international labels as A-labels; at most 253 characters.</summary>
    public string Domain { get; }

    /// <summary>The local part has characters beyond ASCII: it can only be sent with SMTPUTF8 (RFC 6531).</summary>
    public bool NeedsUtf8 { get; }

    /// <summary>Reads <c>a@b</c> or <c>Name &lt;a@b&gt;</c>; spaces around it are ignored. False for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out EmailAddress? address)
    {
        var trimmed = text.Trim(' ');
        if (!trimmed.EndsWith('>'))
        {
            return TryParseBare(trimmed, out address);
        }

        var isMailbox = Mailbox.TryParse(trimmed, out var mailbox);
        address = mailbox?.Address;
        return isMailbox;
    }

    /// <inheritdoc />
    public override string ToString() => string.Concat(LocalPart, "@", Domain);

    internal static bool TryParseBare(ReadOnlySpan<char> text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        var at = text.LastIndexOf('@');
        if (at <= 0 || text.Length > MaxOctets || !IsLocalPart(text[..at]) || !DomainName.TryToAscii(text[(at + 1)..], out var domain))
        {
            return false;
        }

        var local = text[..at];
        var octets = Encoding.UTF8.GetByteCount(local);
        if (octets > MaxLocalPartOctets || octets + 1 + domain.Length > MaxOctets)
        {
            return false;
        }

        address = new(local.ToString(), domain, needsUtf8: octets != local.Length);
        return true;
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local) =>
        local is ['"', .. var inner, '"'] ? IsQuotedContent(inner) : IsDotAtom(local);

    private static bool IsDotAtom(ReadOnlySpan<char> local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = 0; i < local.Length; i++)
        {
            var c = local[i];
            if (c == '.' || Characters.Atext.Contains(c))
            {
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < local.Length && char.IsLowSurrogate(local[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c) || !Characters.IsVisibleBeyondAscii(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsQuotedContent(ReadOnlySpan<char> inner)
    {
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\')
            {
                i++;
            }
            else if (inner[i] == '"')
            {
                return false;
            }

            if (i >= inner.Length || inner[i] is < ' ' or > '~')
            {
                return false;
            }
        }

        return inner.Length > 0;
    }
}
