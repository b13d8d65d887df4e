using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A case with its evidence.</summary>
/// <param name="State">The subject's state now.</param>
/// <param name="Window">Name of the window of counters and rates.</param>
/// <param name="Decisions">What the ledger has of the subject, newest first, at most 50.</param>
public sealed record CaseBundleBody(CaseBody Case, Standing State, CountersBody Counters, RatesBody Rates, string Window, IReadOnlyList<DecisionBody> Decisions);
