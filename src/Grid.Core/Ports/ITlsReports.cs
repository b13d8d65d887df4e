using Grid.Core.Vocabulary;

namespace Grid.Core.Ports;

/// <summary>Counts of TLS sessions for reports to their domains (RFC 8460), and the reports.</summary>
public interface ITlsReports
{
    /// <summary>Rows of counts that a domain may have in a day; what comes beyond loses its particulars, and twice beyond it is left out.</summary>
    const int MostDetails = 100;

    /// <summary>Adds to what is there; returns the sessions that found no room.</summary>
    ValueTask<long> AddAsync(IReadOnlyList<TlsCount> counts, CancellationToken cancellationToken = default);

    /// <summary>Domains with counts of a day, in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> DomainsAsync(DateOnly day, string afterDomain, int limit, CancellationToken cancellationToken = default);

    /// <summary>The first day that there are counts of; null where there are none.</summary>
    ValueTask<DateOnly?> FirstDayAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts of a domain and day.</summary>
    ValueTask<IReadOnlyList<TlsCount>> CountsAsync(DateOnly day, string domain, CancellationToken cancellationToken = default);

    /// <summary>Forgets counts of a domain and day; returns how many rows.</summary>
    ValueTask<int> ForgetAsync(DateOnly day, string domain, CancellationToken cancellationToken = default);

    /// <summary>Keeps a report and forgets the counts that it was made of, both or neither; false, and neither, where those aren't what is there any more.</summary>
    ValueTask<bool> PutAsync(TlsReport report, DateOnly day, IReadOnlyList<TlsCount> counts, CancellationToken cancellationToken = default);

    /// <summary>End of the last report about a domain that begins at or after an instant.</summary>
    ValueTask<DateTimeOffset?> ReportedUntilAsync(string domain, DateTimeOffset since, CancellationToken cancellationToken = default);

    ValueTask<TlsReport?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Reports newest first, without bodies, below an id ("" for the first page); of one domain where that is named.</summary>
    ValueTask<IReadOnlyList<TlsReport>> ListAsync(string? domain, string beforeId, int limit, CancellationToken cancellationToken = default);

    /// <summary>Deliveries that this owner's reports wait for and that are due.</summary>
    ValueTask<IReadOnlyList<TlsReportDelivery>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>Keeps how a delivery came out.</summary>
    ValueTask WriteAsync(TlsReportDelivery delivery, CancellationToken cancellationToken = default);
}
