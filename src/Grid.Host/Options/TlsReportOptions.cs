using Grid.Core.Vocabulary;
using Grid.Mail.Mime;

namespace Grid.Host.Options;

/// <summary>Reports to domains about the TLS of their mail hosts (RFC 8460): on where both are given.</summary>
/// <param name="Organization">Who reports, 1 to 200 characters; null: nobody. Default null.</param>
/// <param name="Contact">Mail address at which people answer questions about the reports; null: none. Default null.</param>
public sealed record TlsReportOptions(string? Organization, string? Contact)
{
    /// <summary>Reports are gathered and sent.</summary>
    public bool IsOn => Organization is not null && Contact is not null;

    internal static TlsReportOptions Read(OptionsReader reader, DkimOptions dkim)
    {
        var organization = reader.Parse<string?>("Grid:TlsReports:Organization", null, "1 to 200 characters without controls", (string text, out string? value) =>
            (value = text).Length <= 200 && !text.Any(char.IsControl));
        var contact = reader.Parse<string?>("Grid:TlsReports:Contact", null, "a mail address in ASCII", (string text, out string? value) =>
            EmailAddress.TryParse(value = text, out var address) && !address.NeedsUtf8);
        if (organization is not null && contact is null)
        {
            reader.Miss("Grid:TlsReports:Contact", "a mail address, as Grid:TlsReports:Organization is given");
        }

        if (contact is not null && organization is null)
        {
            reader.Miss("Grid:TlsReports:Organization", "1 to 200 characters, as Grid:TlsReports:Contact is given");
        }

        if (organization is not null && dkim.Domain is null)
        {
            reader.Miss("Grid:Dkim:Domain", "a domain name, as Grid:TlsReports:Organization is given: reports are signed (RFC 8460 3)");
        }

        return new(organization, contact);
    }
}
