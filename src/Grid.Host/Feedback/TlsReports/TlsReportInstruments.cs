using System.Diagnostics.Metrics;

namespace Grid.Host.Feedback.TlsReports;

/// <summary>Reports about TLS in numbers.</summary>
public sealed class TlsReportInstruments : IDisposable
{
    private readonly Meter _meter = new("Grid.Feedback.TlsReports");
    private readonly Counter<long> _reports;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _leftOut;

    public TlsReportInstruments()
    {
        _reports = _meter.CreateCounter<long>("grid.tls.reports", null, "Reports about TLS that were made (RFC 8460)");
        _deliveries = _meter.CreateCounter<long>("grid.tls.report.deliveries", null, "Attempts to send reports about TLS, by way and result");
        _leftOut = _meter.CreateCounter<long>("grid.tls.sessions.left.out", null, "TLS sessions that no report counts, as there was no room");
    }

    /// <summary>A report was made.</summary>
    public void Made() => _reports.Add(1);

    /// <summary>A delivery was tried.</summary>
    /// <param name="way">mail or https.</param>
    /// <param name="result">sent, retried or failed.</param>
    public void Tried(string way, string result) => _deliveries.Add(1, new("way", way), new("result", result));

    /// <summary>Sessions were left out.</summary>
    public void LeftOut(long sessions)
    {
        if (sessions > 0)
        {
            _leftOut.Add(sessions);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
