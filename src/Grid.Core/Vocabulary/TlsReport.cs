namespace Grid.Core.Vocabulary;

/// <summary>A report that was made (RFC 8460), with where it goes.</summary>
/// <param name="Id">Begins with the first second, so that ids are in the order of what they are about.</param>
/// <param name="From">First second that it is about.</param>
/// <param name="Until">Last second that it is about.</param>
/// <param name="Succeeded">Sessions that went as the domain's policies ask.</param>
/// <param name="Failed">Sessions that didn't.</param>
/// <param name="Body">The JSON, under gzip.</param>
public sealed record TlsReport(string Id, string Domain, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset MadeAt, long Succeeded, long Failed, ReadOnlyMemory<byte> Body)
{
    public IReadOnlyList<TlsReportDelivery> Deliveries { get; init; } = [];
}
