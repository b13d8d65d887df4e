using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A tenant's own standing, as it is judged.</summary>
/// <param name="Window">Name of the window of counters, rates and measures.</param>
/// <param name="WindowFrom">Since when it counts; later than the window is long after a reinstatement.</param>
/// <param name="Measures">Each clause held against the counters.</param>
/// <param name="Decisions">The latest 20, newest first.</param>
public sealed record ReputationBody(
    string Id,
    Standing State,
    DateTimeOffset Since,
    PolicyName Policy,
    string Window,
    DateTimeOffset WindowFrom,
    CountersBody Counters,
    RatesBody Rates,
    IReadOnlyList<MeasureBody> Measures,
    CureBody? Cure,
    IReadOnlyList<DecisionBody> Decisions);
