using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>The way to a recipient domain, or why there is none.</summary>
/// <param name="Failure">With no route: what its mail is settled with, 4xx to try again later, 5xx for good.</param>
public readonly record struct RouteAnswer(SiteRoute? Route, SmtpReply? Failure = null)
{
    /// <summary>The same for mail that what the domain demands of TLS must not hold up (RFC 8689, 5). Null: the domain demands nothing.</summary>
    public SiteRoute? Lenient { get; init; }
}
