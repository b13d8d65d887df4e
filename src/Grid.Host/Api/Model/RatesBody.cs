using Grid.Core.Counters;

namespace Grid.Host.Api.Model;

/// <summary>Rates of a window, as fractions (0.001 = 0.1 %).</summary>
/// <param name="Complaint">Complaints of delivered; 0 where nothing was delivered.</param>
/// <param name="HardBounce">Hard bounces of attempts that came to an end.</param>
public sealed record RatesBody(decimal Complaint, decimal HardBounce)
{
    private const int Decimals = 6;

    public static RatesBody Of(in CounterTotals totals) => new(Fraction(totals.Complaints, totals.Delivered), Fraction(totals.HardBounces, totals.Attempts));

    private static decimal Fraction(long part, long whole) => whole <= 0 ? 0 : Math.Round((decimal)part / whole, Decimals);
}
