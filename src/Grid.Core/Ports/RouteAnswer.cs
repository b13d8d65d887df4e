using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>The way to a recipient domain, or why there is none.</summary>
/// <param name="Failure">With no route: what its mail is settled with, 4xx to try again later, 5xx for good.</param>
public readonly record struct RouteAnswer(SiteRoute? Route, SmtpReply? Failure = null);
