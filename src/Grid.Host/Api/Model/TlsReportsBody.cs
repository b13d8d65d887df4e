namespace Grid.Host.Api.Model;

/// <summary>Reports about TLS, newest first.</summary>
/// <param name="Next">To be given as before for the next page; absent on the last.</param>
public sealed record TlsReportsBody(IReadOnlyList<TlsReportBody> Reports, string? Next);
