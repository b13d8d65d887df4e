using System.Text.RegularExpressions;

namespace Grid.Host.Options;

/// <summary>Signing of mail.</summary>
/// <param name="Domain">The platform's own domain, which signs all mail beside the tenant's; null: none.</param>
/// <param name="Secret">Encrypts private keys in the store, 16 to 512 visible ASCII characters; null: a secret that the store itself keeps.</param>
public sealed partial record DkimOptions(string? Domain, string? Secret)
{
    internal static DkimOptions Read(OptionsReader reader)
    {
        var domain = reader.Parse<string?>("Grid:Dkim:Domain", null, "a domain name", (string text, out string? value) => OptionTexts.TryDomain(text, out value!));
        var secret = reader.Text("Grid:Dkim:Secret");
        if (secret is not null && !Visible().IsMatch(secret))
        {
            reader.Refuse("Grid:Dkim:Secret", "16 to 512 visible ASCII characters", null);
        }

        return new(domain, secret);
    }

    [GeneratedRegex("^[!-~]{16,512}$")]
    private static partial Regex Visible();
}
