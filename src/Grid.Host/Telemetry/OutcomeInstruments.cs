using System.Diagnostics.Metrics;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;

namespace Grid.Host.Telemetry;

/// <summary>What became of mail, in numbers: outcomes by kind, refusals by reason, and how long deliveries took.</summary>
public sealed class OutcomeInstruments : IDisposable
{
    private static readonly double[] Delays = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1200, 3600, 14_400, 86_400, 432_000];
    private static readonly OutcomeKind[] Kinds = Enum.GetValues<OutcomeKind>();
    private static readonly ReplyReason[] Reasons = Enum.GetValues<ReplyReason>();

    private readonly Meter _meter = new("Grid.Outcomes");
    private readonly Counter<long> _outcomes;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _simulated;
    private readonly Histogram<double> _delay;
    private readonly KeyValuePair<string, object?>[] _kinds = Tags("kind", Kinds);
    private readonly KeyValuePair<string, object?>[] _reasons = Tags("reason", Reasons);

    /// <summary>Made before the first write.</summary>
    public OutcomeInstruments(IOutcomeLog log)
    {
        _outcomes = _meter.CreateCounter<long>("grid.outcomes", null, "Outcomes logged, by kind");
        _refusals = _meter.CreateCounter<long>("grid.outcomes.refusals", null, "Refusals by receivers, by reason");
        _simulated = _meter.CreateCounter<long>("grid.outcomes.simulated", null, "Outcomes of mail to the mailbox simulator or from the sandbox, which count nowhere else");
        _delay = _meter.CreateHistogram("grid.outcomes.delay", "s", "Time from acceptance to delivery", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Delays });
        foreach (var kind in _kinds.Where(kind => kind.Key is not null))
        {
            _outcomes.Add(0, kind);
        }

        _simulated.Add(0);
        log.OnCommitted(Count);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    /// <summary>On the writer's thread: a group is added up first, so that it costs an addition a record.</summary>
    private void Count(IReadOnlyList<OutcomeRecord> records)
    {
        Span<int> kinds = stackalloc int[_kinds.Length];
        Span<int> reasons = stackalloc int[_reasons.Length];
        foreach (var record in records)
        {
            if (MailboxSimulator.Has(record))
            {
                _simulated.Add(1);
                continue;
            }

            kinds[(int)record.Kind]++;
            if (record.Kind is OutcomeKind.Deferred or OutcomeKind.Bounced or OutcomeKind.Expired)
            {
                reasons[(int)record.Reason]++;
            }
            else if (record.Kind == OutcomeKind.Delivered)
            {
                _delay.Record(Math.Max(0, (record.At - record.Key.Message.CreatedAt).TotalSeconds));
            }
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] > 0)
            {
                _outcomes.Add(kinds[i], _kinds[i]);
            }
        }

        for (var i = 0; i < reasons.Length; i++)
        {
            if (reasons[i] > 0)
            {
                _refusals.Add(reasons[i], _reasons[i]);
            }
        }
    }

    /// <summary>A tag for each number that a value may have.</summary>
    private static KeyValuePair<string, object?>[] Tags<T>(string name, T[] values)
        where T : struct, Enum
    {
        var tags = new KeyValuePair<string, object?>[values.Max(value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)) + 1];
        foreach (var value in values)
        {
            var text = value.ToString();
            tags[Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)] = new(name, char.ToLowerInvariant(text[0]) + text[1..]);
        }

        return tags;
    }
}
