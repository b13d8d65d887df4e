namespace Grid.Core.Vocabulary;

/// <summary>Where the mail for a recipient domain goes.</summary>
/// <param name="Site">Name under which the receiver's limits are kept.</param>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">1 to 65,535.</param>
public sealed record SiteRoute(string Site, string Host, int Port, TlsMode Tls);
