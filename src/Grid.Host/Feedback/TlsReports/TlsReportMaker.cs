using System.Security.Cryptography;
using Grid.Core.Feedback;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Options;

namespace Grid.Host.Feedback.TlsReports;

/// <summary>
/// Makes reports. In: a domain and a day with counts. Out: a report with its destinations, as the domain's record has them now. Guarantees
/// that a session is in one report at most, also over a kill, and that reports about a domain don't overlap. Fails as the store does.
/// </summary>
public sealed class TlsReportMaker(ITlsReports store, ITextRecords records, GridOptions options, TlsReportInstruments instruments, TimeProvider clock)
{
    /// <summary>Counts of a domain whose record can't be looked up are kept so long after their day.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(36);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The domain that reports, and signs them.</summary>
    public string Submitter => options.Dkim.Domain!;

    /// <summary>Where a domain wants its reports; null where nobody can say now.</summary>
    public async ValueTask<IReadOnlyList<string>?> DestinationsAsync(string domain, CancellationToken cancellationToken) =>
        await records.FindAsync(TlsReportRecord.NameOf(domain), cancellationToken) switch
        {
            TextAnswer.Found found => TlsReportRecord.Read(found.Records),
            TextAnswer.None => [],
            _ => null,
        };

    /// <summary>Makes a report about what is gathered of a day; the report's id, or null where none was made. What nobody wants is forgotten.</summary>
    public async ValueTask<string?> MakeAsync(DateOnly day, string domain, CancellationToken cancellationToken)
    {
        var (now, end) = (clock.GetUtcNow(), TlsReportSchedule.EndOf(day));
        var begin = end.AddDays(-1);
        if (await DestinationsAsync(domain, cancellationToken) is not { } destinations)
        {
            destinations = [];
            if (now <= end + Patience)
            {
                return null;
            }
        }

        if (destinations.Count == 0)
        {
            await store.ForgetAsync(day, domain, cancellationToken);
            return null;
        }

        var counts = await store.CountsAsync(day, domain, cancellationToken);
        var from = await store.ReportedUntilAsync(domain, begin, cancellationToken) is { } last && last < end ? last + Second : begin;
        var until = (now < end ? Whole(now) : end) - Second;
        if (counts.Count == 0 || until < from)
        {
            // A day that was reported whole takes no more.
            if (counts.Count > 0 && now >= end)
            {
                instruments.LeftOut(counts.Sum(count => count.Sessions));
                await store.ForgetAsync(day, domain, cancellationToken);
            }

            return null;
        }

        var id = $"{from.UtcDateTime:yyyyMMdd'T'HHmmss}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        var json = TlsReportJson.Write(options.TlsReports.Organization!, options.TlsReports.Contact!, $"{id}@{Submitter}", from, until, domain, counts);
        var report = new TlsReport(id, domain, from, until, now, Sum(counts, failed: false), Sum(counts, failed: true), TlsReportJson.Compress(json))
        {
            Deliveries = [.. destinations.Select(uri => new TlsReportDelivery(id, uri, TlsReportDelivery.Waiting, now))],
        };
        if (!await store.PutAsync(report, day, counts, cancellationToken))
        {
            return null;
        }

        instruments.Made();
        return id;
    }

    private static long Sum(IEnumerable<TlsCount> counts, bool failed) => counts.Where(count => count.Failure is not null == failed).Sum(count => count.Sessions);

    private static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerSecond));
}
