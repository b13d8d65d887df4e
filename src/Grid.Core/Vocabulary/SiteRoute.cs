namespace Grid.Core.Vocabulary;

/// <summary>Where the mail for a recipient domain goes.</summary>
/// <param name="Site">Name under which the receiver's limits are kept: one for all domains, and all hosts, of a receiver.</param>
/// <param name="Host">Host name or address; the first of <see cref="Exchangers"/> where there are any.</param>
/// <param name="Port">1 to 65,535.</param>
/// <param name="Tls">What is asked at least; the site's profile may ask for more.</param>
public sealed record SiteRoute(string Site, string Host, int Port, TlsMode Tls)
{
    /// <summary>Name of the hosts as a set: domains with the same hosts share connections. Default: the site's name, which then has one host.</summary>
    public string Destination { get; init; } = Site;

    /// <summary>
    /// Null: DNS' answer about the exchangers isn't signed. Else TLSA records of theirs bind (RFC 7672), and the names are those that a certificate
    /// may be for beside the host's own; equal for all domains that share the destination.
    /// </summary>
    public IReadOnlyList<string>? SignedFor { get; init; }

    /// <summary>For mail that goes whatever the domain says of TLS: encrypted where that works, in plaintext where not.</summary>
    public bool AnyTls { get; init; }

    /// <summary>The domain's mail exchangers as DNS has them, by preference, at most 10; empty where the host was configured.</summary>
    public IReadOnlyList<MailHost> Exchangers { get; init; } = [];
}
