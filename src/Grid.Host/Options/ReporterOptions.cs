using System.Net;

namespace Grid.Host.Options;

/// <summary>Who may report complaints over SMTP: an entry of <c>Grid:Feedback:Reporters</c>, with one of the two.</summary>
/// <param name="From">Address, or domain, in the report's From; it counts where a DKIM signature of that domain, or of one above it, is good. Lower case.</param>
/// <param name="Network">Network whose hosts are believed by their address alone, such as a relay that checks signatures itself.</param>
public sealed record ReporterOptions(string? From, IPNetwork? Network)
{
    internal static IReadOnlyList<ReporterOptions> ReadAll(OptionsReader reader) => reader.Entries("Grid:Feedback:Reporters", ["From", "Network"], key =>
    {
        var from = reader.Parse<string?>($"{key}:From", null, "an address or a domain name", (string text, out string? value) =>
        {
            var at = text.LastIndexOf('@');
            value = text.ToLowerInvariant();
            return at != 0 && OptionTexts.TryDomain(text[(at + 1)..], out _);
        });
        var network = reader.Parse<IPNetwork?>($"{key}:Network", null, "a network such as 10.0.0.0/8 or fd00::/8, or one address", (string text, out IPNetwork? value) =>
        {
            var read = OptionTexts.TryNetwork(text, out var parsed);
            value = parsed;
            return read;
        });
        if (reader.Text($"{key}:From") is null == reader.Text($"{key}:Network") is null)
        {
            reader.Refuse(key, "either From or Network", "both or none");
        }

        return from is not null || network is not null ? new ReporterOptions(from, network) : null;
    });
}
