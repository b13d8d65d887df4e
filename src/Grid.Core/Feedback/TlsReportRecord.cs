namespace Grid.Core.Feedback;

/// <summary>
/// Where a domain wants reports about TLS (RFC 8460 3). In: the TXT records of <c>_smtp._tls.DOMAIN</c>. Out: the destinations. Guarantees
/// that what breaks the grammar is no record, and that other than one record is none; schemes other than mailto and https are passed over.
/// </summary>
public static class TlsReportRecord
{
    /// <summary>Most destinations that are heeded, the first ones.</summary>
    public const int MostDestinations = 5;

    /// <summary>Longest destination, in characters.</summary>
    public const int MaxLength = 500;

    private const string Version = "v=TLSRPTv1";
    private const int MaxRecord = 4096;
    private const int MaxName = 32;

    /// <summary>The name to ask for a policy domain's record.</summary>
    public static string NameOf(string domain) => "_smtp._tls." + domain;

    /// <summary>Destinations, each an absolute mailto: or https: URI; empty where the domain wants no reports, or none that can be sent.</summary>
    public static IReadOnlyList<string> Read(IEnumerable<string> texts)
    {
        var records = texts.Where(IsMarked).Take(2).ToList();
        return records.Count == 1 && Parse(records[0]) is { } destinations ? destinations : [];
    }

    // A record that doesn't begin so is somebody else's.
    private static bool IsMarked(string text) => text.StartsWith(Version, StringComparison.Ordinal) && text.AsSpan(Version.Length).TrimStart(" \t").StartsWith(";");

    /// <summary>Null where the record breaks the grammar, or has no rua.</summary>
    private static List<string>? Parse(string text)
    {
        if (text.Length > MaxRecord)
        {
            return null;
        }

        var fields = text.Split(';');
        List<string>? destinations = null;
        for (var i = 1; i < fields.Length; i++)
        {
            var field = fields[i].Trim(' ', '\t');
            if (field.Length == 0 && i == fields.Length - 1)
            {
                break;
            }

            var equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return null;
            }

            if (field[..equals] == "rua")
            {
                // One field of the name; a second would leave open which counts.
                if (destinations is not null || (destinations = Destinations(field[(equals + 1)..])) is null)
                {
                    return null;
                }
            }
            else if (!IsExtension(field[..equals].TrimEnd(' ', '\t'), field[(equals + 1)..].TrimStart(' ', '\t')))
            {
                return null;
            }
        }

        return destinations;
    }

    private static List<string>? Destinations(string value)
    {
        var found = new List<string>();
        foreach (var part in value.Split(','))
        {
            var uri = part.Trim(' ', '\t');
            if (uri.Length is 0 or > MaxLength || uri.AsSpan().ContainsAnyExceptInRange('!', '~') || uri.Contains('!', StringComparison.Ordinal) || !Uri.TryCreate(uri, UriKind.Absolute, out var parsed))
            {
                return null;
            }

            if (found.Count < MostDestinations && !found.Contains(uri) && (parsed.Scheme == Uri.UriSchemeHttps ? parsed.Host.Length > 0 : parsed.Scheme == Uri.UriSchemeMailto && AddressOf(uri).Contains('@', StringComparison.Ordinal)))
            {
                found.Add(uri);
            }
        }

        return found;
    }

    /// <summary>The address of a mailto: URI, decoded; what follows a question mark isn't part of it.</summary>
    public static string AddressOf(string mailto)
    {
        var address = mailto.AsSpan("mailto:".Length);
        return Uri.UnescapeDataString(address[..(address.IndexOf('?') is >= 0 and var end ? end : address.Length)]);
    }

    private static bool IsExtension(string name, string value) =>
        name.Length is > 0 and <= MaxName && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
        && value.Length > 0 && value.All(c => c is > ' ' and <= '~' and not '=' and not ';');
}
