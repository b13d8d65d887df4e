using System.Globalization;
using System.Text;
using Grid.Core.Admission;
using Grid.Core.Enforcement.Policies;
using Grid.Core.Ingress;

namespace Grid.Core.Enforcement.Vetting;

/// <summary>
/// What a tenant is known by, in a form in which the same is the same however it is written. In: what it says of itself. Out: pairs of kind
/// and text. Mailbox providers for persons are nobody's mark.
/// </summary>
public static class IdentityMarks
{
    private static readonly HashSet<string> LegalForms = new(
        ["ab", "ag", "as", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg", "limited", "llc", "llp", "ltd", "nv", "oy", "plc", "sa", "sarl", "sas", "spa", "srl", "the"], StringComparer.Ordinal);

    /// <summary>A company's or postal address' words, without case, signs and accents.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c != '.')
            {
                plain.Append(' ');
            }
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A company without its legal form.</summary>
    public static string Company(string text)
    {
        var words = Plain(text).Split(' ');
        var own = string.Join(' ', words.Where(word => !LegalForms.Contains(word)));
        return own.Length > 0 ? own : string.Join(' ', words);
    }

    /// <summary>The marks of one tenant, none twice.</summary>
    public static IReadOnlyList<(string Kind, string Value)> Of(
        string company, string postalAddress, string website, string contact, IEnumerable<string> domains, IEnumerable<string> addresses, IEnumerable<string> ips)
    {
        var marks = new List<(string, string)>();
        Add("company", Company(company));
        Add("address", Plain(postalAddress));
        if (Uri.TryCreate(website.Contains("://", StringComparison.Ordinal) ? website : "https://" + website, UriKind.Absolute, out var url))
        {
            AddDomain(url.IdnHost);
        }

        foreach (var domain in domains)
        {
            AddDomain(domain);
        }

        foreach (var address in addresses.Append(contact))
        {
            if (AddressNormalForm.TryNormalise(address, out var normal))
            {
                Add("email", normal);
            }
        }

        foreach (var ip in ips)
        {
            Add("ip", ip);
        }

        return [.. marks.Distinct()];

        void Add(string kind, string value)
        {
            if (value.Length > 0)
            {
                marks.Add((kind, value));
            }
        }

        void AddDomain(string name)
        {
            if (SubjectKeys.TryDomain(name, out var domain) && !PersonalMailDomains.Has(domain))
            {
                Add("domain", RegistrableDomain.Of(domain));
            }
        }
    }
}
