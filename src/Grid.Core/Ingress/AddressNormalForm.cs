using System.Text;

namespace Grid.Core.Ingress;

/// <summary>
/// What: one form of an address for each mailbox, by which it is suppressed. In: an address as somebody wrote it.
/// Out: its normal form. Guarantees: spellings that reach the same mailbox have the same form (case, quotes that nothing needs,
/// escapes, white space around, a dot at the end, international domains, compatible characters), and a normal form is its own.
/// Fails: false for what is no bare address; comments, names in front, control characters and more than 512 characters are refused.
/// </summary>
public static class AddressNormalForm
{
    /// <summary>Longest input in characters.</summary>
    public const int MaxInputLength = 512;

    /// <summary>Longest local part in its normal form, in octets (RFC 5321, 4.5.3.1.1; quotes included).</summary>
    public const int MaxLocalOctets = 64;

    private const string AtomSpecials = "()<>[]:;@\\,.\" ";

    /// <summary>The normal form with every difference kept that the standards keep, case of the local part apart.</summary>
    public static bool TryNormalise(string address, out string normal) => TryNormalise(address, AddressVariants.None, out normal);

    /// <summary>The normal form without the differences named in <paramref name="ignored"/>.</summary>
    public static bool TryNormalise(string address, AddressVariants ignored, out string normal)
    {
        normal = "";
        if (address.Length > MaxInputLength || !TrySplit(address.AsSpan().Trim(), out var local, out var domainText) || !TryDomain(domainText, out var domain))
        {
            return false;
        }

        local = Without(UnicodeForm.Folded(local), ref domain, ignored);
        if (local.Length == 0)
        {
            return false;
        }

        local = IsDotAtom(local) ? local : Quoted(local);
        if (Encoding.UTF8.GetByteCount(local) > MaxLocalOctets)
        {
            return false;
        }

        normal = local + "@" + domain;
        return true;
    }

    // Words joined by dots, each an atom or a quoted string (RFC 5322's local-part and obs-local-part), as the text that they stand for.
    private static bool TrySplit(ReadOnlySpan<char> text, out string local, out ReadOnlySpan<char> domain)
    {
        local = "";
        domain = default;
        var value = new StringBuilder(text.Length);
        var i = 0;
        while (true)
        {
            if (!(i < text.Length && text[i] == '"' ? TryQuotedWord(text, ref i, value) : TryAtom(text, ref i, value)) || i == text.Length)
            {
                return false;
            }

            if (text[i] == '@')
            {
                local = value.ToString();
                domain = text[(i + 1)..];
                return true;
            }

            if (text[i++] != '.')
            {
                return false;
            }

            value.Append('.');
        }
    }

    private static bool TryAtom(ReadOnlySpan<char> text, ref int i, StringBuilder value)
    {
        var start = i;
        while (i < text.Length && IsAtomCharacter(text[i]))
        {
            value.Append(text[i++]);
        }

        return i > start;
    }

    private static bool TryQuotedWord(ReadOnlySpan<char> text, ref int i, StringBuilder value)
    {
        for (i++; i < text.Length && text[i] != '"'; i++)
        {
            i += text[i] == '\\' ? 1 : 0;
            if (i == text.Length || char.IsControl(text[i]))
            {
                return false;
            }

            value.Append(text[i]);
        }

        return i++ < text.Length;
    }

    private static bool TryDomain(ReadOnlySpan<char> text, out string domain)
    {
        if (text.Length > 2 && text[0] == '[' && text[^1] == ']')
        {
            var inner = text[1..^1];
            var isV6 = inner.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase);
            var found = SubjectKeys.TryIp((isV6 ? inner[5..] : inner).ToString(), out var ip);
            domain = ip.Contains(':') ? $"[ipv6:{ip}]" : $"[{ip}]";
            return found;
        }

        return DomainName.TryNormalise(text, out domain);
    }

    private static string Without(string local, ref string domain, AddressVariants ignored)
    {
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        if (ignored.HasFlag(AddressVariants.DropPlusTag) && plus > 0)
        {
            local = local[..plus];
        }

        if (ignored.HasFlag(AddressVariants.DropGmailDots) && domain is ("gmail.com" or "googlemail.com"))
        {
            domain = "gmail.com";
            local = local.Replace(".", "", StringComparison.Ordinal);
        }

        return local;
    }

    private static bool IsDotAtom(string local)
    {
        var lastWasDot = true;
        foreach (var c in local)
        {
            if (c == '.' ? lastWasDot : !IsAtomCharacter(c))
            {
                return false;
            }

            lastWasDot = c == '.';
        }

        return !lastWasDot;
    }

    private static string Quoted(string local) =>
        "\"" + local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static bool IsAtomCharacter(char c) =>
        c > 0x7F ? !char.IsWhiteSpace(c) && !char.IsControl(c) : !char.IsControl(c) && !AtomSpecials.Contains(c, StringComparison.Ordinal);
}
