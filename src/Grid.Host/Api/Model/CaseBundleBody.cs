using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>A case with its evidence.</summary>
/// <param name="State">The subject's state now.</param>
/// <param name="Window">Name of the window of counters and rates.</param>
/// <param name="Decisions">What the ledger has of the subject, newest first, at most 50.</param>
public sealed record CaseBundleBody(CaseBody Case, Standing State, CountersBody Counters, RatesBody Rates, string Window, IReadOnlyList<DecisionBody> Decisions)
{
    /// <summary>Complaints about the tenant's mail in the 30 days before the case was opened and since, the latest 100, newest first.</summary>
    public IReadOnlyList<CaseComplaintBody> Complaints { get; init; } = [];

    /// <summary>Messages that complaints and findings are about, the latest 100; GET …/messages/{id} has what is kept of them.</summary>
    public IReadOnlyList<CaseMessageBody> Messages { get; init; } = [];
}
