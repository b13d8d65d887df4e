using Grid.Contracts.Enforcement;
using Grid.Core.Counters;

namespace Grid.Host.Api.Model;

/// <summary>Rates of a window, as fractions (0.001 = 0.1 %).</summary>
/// <param name="Complaint">Complaints of delivered; 0 where nothing was delivered.</param>
/// <param name="HardBounce">Hard bounces of attempts that came to an end.</param>
/// <param name="ComplaintAtReporting">Complaints of what was delivered to receivers that have a feedback loop; 0 where nothing was.</param>
/// <param name="ComplaintJudgedOf">Which of the two the policy judges: delivered, deliveredReporting, both, or none.</param>
public sealed record RatesBody(decimal Complaint, decimal HardBounce, decimal ComplaintAtReporting, IReadOnlyList<string> ComplaintJudgedOf)
{
    private const int Decimals = 6;

    public static RatesBody Of(AccountView view) => Of(view.Counters, view.ComplaintsJudgedOf);

    /// <summary>Rates of counters that nothing judges together.</summary>
    public static RatesBody Of(CounterTotals counters) => Of(counters, []);

    private static RatesBody Of(CounterTotals counters, IReadOnlyList<string> judgedOf) => new(
        Fraction(counters.Complaints, counters.Delivered),
        Fraction(counters.HardBounces, counters.Attempts),
        Fraction(counters.Complaints, counters.DeliveredReporting),
        judgedOf);

    private static decimal Fraction(long part, long whole) => whole <= 0 ? 0 : Math.Round((decimal)part / whole, Decimals);
}
