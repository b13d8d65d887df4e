using System.Diagnostics.Metrics;
using System.Text.Json;
using Grid.Core.Feedback;
using Grid.Core.Vocabulary;

namespace Grid.Host.Feedback;

/// <summary>What came back, and how fast it was acted on.</summary>
public sealed class FeedbackInstruments : IDisposable
{
    private readonly Meter _meter = new("Grid.Feedback");
    private readonly Histogram<double> _delay;
    private readonly Counter<long> _reports;
    private readonly Counter<long> _cases;
    private readonly Counter<long> _notices;

    public FeedbackInstruments()
    {
        _delay = _meter.CreateHistogram<double>("grid.unsubscribe.delay", "s", "From a recipient's request to the moment from which no unwanted mail leaves");
        _reports = _meter.CreateCounter<long>("grid.feedback.reports", null, "Reports that came in, by kind and whether they were believed");
        _cases = _meter.CreateCounter<long>("grid.feedback.cases", null, "Cases opened at the abuse desk, by source");
        _notices = _meter.CreateCounter<long>("grid.dsn.notices", null, "What senders over SMTP were told of recipients, or why not");
    }

    /// <summary>An unsubscription took effect.</summary>
    /// <param name="way">link, page or mail.</param>
    public void Unsubscribed(TimeSpan delay, string way) => _delay.Record(delay.TotalSeconds, new KeyValuePair<string, object?>("way", way));

    /// <summary>One report was read.</summary>
    public void Reported(string kind, FeedbackVerdict? verdict) =>
        _reports.Add(1, new("kind", kind), new("verdict", verdict is { } known ? VerdictNames.Of(known) : "none"));

    /// <summary>A case was opened.</summary>
    public void Opened(string source) => _cases.Add(1, new KeyValuePair<string, object?>("source", source));

    /// <summary>Notices were told, or ended.</summary>
    public void Told(IReadOnlyList<DsnNotice> notices, DsnState state)
    {
        foreach (var notice in notices)
        {
            _notices.Add(1, new("action", notice.Action.ToString().ToLowerInvariant()), new("state", JsonNamingPolicy.CamelCase.ConvertName(state.ToString())));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
