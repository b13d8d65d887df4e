using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Storage.Sql;
using Grid.Storage.Writing;

namespace Grid.Storage.Counters;

/// <summary>Counts of TLS sessions, one row for what came out alike; and the reports that are made of them, kept for <see cref="HeldFor"/>.</summary>
/// <param name="owner">Name of this owner, which delivers the reports that it made.</param>
internal sealed class TlsReports(GroupWriter writer, ReadPool reads, string owner) : ITlsReports
{
    /// <summary>How long a report is kept.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromDays(30);

    private const string CountColumns = "day, domain, key, policy, lines, mx_hosts, result, source_ip, host, helo, host_ip, reason, sessions";
    private const string ReportColumns = "id, domain, begins_at, ends_at, made_at, succeeded, failed";
    private const string DeliveryColumns = "report, uri, owner, state, due, attempts, ended_at, last_error, message";

    /// <inheritdoc />
    public async ValueTask<long> AddAsync(IReadOnlyList<TlsCount> counts, CancellationToken cancellationToken = default) =>
        await writer.Add(session => counts.Sum(count => Add(session, count)), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> DomainsAsync(DateOnly day, string afterDomain, int limit, CancellationToken cancellationToken = default) => reads.ListAsync(
        "SELECT DISTINCT domain FROM tls_count WHERE day = $1 AND domain > $2 ORDER BY domain LIMIT $3", [day.DayNumber, afterDomain, limit], static row => row.GetString(0), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<DateOnly?> FirstDayAsync(CancellationToken cancellationToken = default) =>
        await reads.FirstAsync("SELECT day FROM tls_count ORDER BY day LIMIT 1", [], static row => (object)row.GetInt32(0), cancellationToken) is int day ? DateOnly.FromDayNumber(day) : null;

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<TlsCount>> CountsAsync(DateOnly day, string domain, CancellationToken cancellationToken = default) =>
        reads.ListAsync($"SELECT {CountColumns} FROM tls_count WHERE day = $1 AND domain = $2 ORDER BY key", [day.DayNumber, domain], ReadCount, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<int> ForgetAsync(DateOnly day, string domain, CancellationToken cancellationToken = default) =>
        await writer.Add(session => Forget(session, day, domain), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<bool> PutAsync(TlsReport report, DateOnly day, IReadOnlyList<TlsCount> counts, CancellationToken cancellationToken = default) => await writer.Add(
        session =>
        {
            var there = session.Scalar("SELECT SUM(sessions) FROM tls_count WHERE day = $1 AND domain = $2", day.DayNumber, report.Domain);
            if (Convert.ToInt64(there ?? 0L, CultureInfo.InvariantCulture) != counts.Sum(count => count.Sessions))
            {
                return false;
            }

            var kept = session.Execute(
                $"INSERT INTO tls_report ({ReportColumns}, body, owner) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
                report.Id, report.Domain, report.From.ToStored(), report.Until.ToStored(), report.MadeAt.ToStored(), report.Succeeded, report.Failed, report.Body, owner);
            if (kept == 0)
            {
                return false;
            }

            foreach (var d in report.Deliveries)
            {
                session.Execute(
                    $"INSERT INTO tls_delivery ({DeliveryColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    report.Id, d.Uri, owner, d.State, d.DueAt.ToStored(), d.Attempts, d.EndedAt?.ToStored(), d.LastError, d.Message?.Value);
            }

            Forget(session, day, report.Domain);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public async ValueTask<DateTimeOffset?> ReportedUntilAsync(string domain, DateTimeOffset since, CancellationToken cancellationToken = default) =>
        await reads.FirstAsync("SELECT ends_at FROM tls_report WHERE domain = $1 AND begins_at >= $2 ORDER BY begins_at DESC LIMIT 1", [domain, since.ToStored()], static row => (object)row.GetTime(0), cancellationToken) is DateTimeOffset at ? at : null;

    /// <inheritdoc />
    public async ValueTask<TlsReport?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        await reads.FirstAsync($"SELECT {ReportColumns}, body FROM tls_report WHERE id = $1", [id], static row => ReadReport(row) with { Body = row.GetBytes(7) }, cancellationToken) is { } report
            ? await WithDeliveriesAsync(report, cancellationToken) : null;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<TlsReport>> ListAsync(string? domain, string beforeId, int limit, CancellationToken cancellationToken = default)
    {
        var reports = await reads.ListAsync(
            $"SELECT {ReportColumns} FROM tls_report WHERE ($1 = '' OR id < $1){(domain is null ? "" : " AND domain = $3")} ORDER BY id DESC LIMIT $2",
            domain is null ? [beforeId, limit] : [beforeId, limit, domain],
            ReadReport, cancellationToken);
        var found = new List<TlsReport>(reports.Count);
        foreach (var report in reports)
        {
            found.Add(await WithDeliveriesAsync(report, cancellationToken));
        }

        return found;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<TlsReportDelivery>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => reads.ListAsync(
        $"SELECT {DeliveryColumns} FROM tls_delivery WHERE owner = $1 AND state = $2 AND due <= $3 ORDER BY due LIMIT $4", [owner, TlsReportDelivery.Waiting, now.ToStored(), limit], ReadDelivery, cancellationToken);

    /// <inheritdoc />
    public async ValueTask WriteAsync(TlsReportDelivery delivery, CancellationToken cancellationToken = default) => await writer.Add(
        session => session.Execute(
            "UPDATE tls_delivery SET state = $3, due = $4, attempts = $5, ended_at = $6, last_error = $7, message = $8 WHERE report = $1 AND uri = $2",
            delivery.Report, delivery.Uri, delivery.State, delivery.DueAt.ToStored(), delivery.Attempts, delivery.EndedAt?.ToStored(), delivery.LastError, delivery.Message?.Value),
        cancellationToken);

    private async ValueTask<TlsReport> WithDeliveriesAsync(TlsReport report, CancellationToken cancellationToken) => report with
    {
        Deliveries = await reads.ListAsync($"SELECT {DeliveryColumns} FROM tls_delivery WHERE report = $1 ORDER BY uri", [report.Id], ReadDelivery, cancellationToken),
    };

    /// <summary>Sessions that found no room.</summary>
    private static long Add(SqlSession session, TlsCount count)
    {
        if (Increase(session, count))
        {
            return 0;
        }

        var rows = Convert.ToInt64(session.Scalar("SELECT COUNT(*) FROM tls_count WHERE day = $1 AND domain = $2", count.Day.DayNumber, count.Domain), CultureInfo.InvariantCulture);
        if (rows >= ITlsReports.MostDetails && count.Failure is not null)
        {
            count = count with { Failure = count.Failure.ToBare() };
            if (Increase(session, count))
            {
                return 0;
            }
        }

        if (rows >= 2 * ITlsReports.MostDetails)
        {
            return count.Sessions;
        }

        var f = count.Failure ?? new(TlsResult.Success, "", "", "", "", "");
        session.Execute(
            $"INSERT INTO tls_count ({CountColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (day, domain, key) DO UPDATE SET sessions = tls_count.sessions + excluded.sessions",
            count.Day.DayNumber, count.Domain, KeyOf(count), count.Policy.Type, count.Policy.Lines, count.Policy.MxHosts, (int)f.Result, f.SourceIp, f.Host, f.Helo, f.HostIp, f.Reason, count.Sessions);
        return 0;
    }

    private static bool Increase(SqlSession session, TlsCount count) =>
        session.Execute("UPDATE tls_count SET sessions = sessions + $4 WHERE day = $1 AND domain = $2 AND key = $3", count.Day.DayNumber, count.Domain, KeyOf(count), count.Sessions) > 0;

    private static int Forget(SqlSession session, DateOnly day, string domain) => session.Execute("DELETE FROM tls_count WHERE day = $1 AND domain = $2", day.DayNumber, domain);

    private static string KeyOf(TlsCount count)
    {
        var (p, f) = (count.Policy, count.Failure);
        var parts = string.Join('\0', p.Type, p.Lines, p.MxHosts, f?.Result, f?.SourceIp, f?.Host, f?.Helo, f?.HostIp, f?.Reason);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts)).AsSpan(0, 16));
    }

    private static TlsCount ReadCount(DbDataReader row) => new(
        DateOnly.FromDayNumber(row.GetInt32(0)), row.GetString(1), new(row.GetString(3), row.GetString(4), row.GetString(5)),
        (TlsResult)row.GetInt32(6) is var result and not TlsResult.Success ? new(result, row.GetString(7), row.GetString(8), row.GetString(9), row.GetString(10), row.GetString(11)) : null,
        row.GetInt64(12));

    private static TlsReport ReadReport(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetTime(2), row.GetTime(3), row.GetTime(4), row.GetInt64(5), row.GetInt64(6), default);

    private static TlsReportDelivery ReadDelivery(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(3), row.GetTime(4))
    {
        Attempts = row.GetInt32(5),
        EndedAt = row.IsDBNull(6) ? null : row.GetTime(6),
        LastError = row.GetText(7),
        Message = row.IsDBNull(8) ? null : new(row.GetInt64(8)),
    };
}
