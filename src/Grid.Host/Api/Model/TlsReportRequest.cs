namespace Grid.Host.Api.Model;

/// <summary>Asks for a report about what is gathered so far today.</summary>
public sealed record TlsReportRequest(string? Domain);
