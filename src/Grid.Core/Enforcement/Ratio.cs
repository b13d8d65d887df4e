using System.Globalization;

namespace Grid.Core.Enforcement;

/// <summary>A share in whole numbers, as rates are judged: 1 of 1,000 is 0.1 %. Nothing is rounded.</summary>
/// <param name="Numerator">0 or more.</param>
/// <param name="Denominator">1 or more.</param>
public readonly record struct Ratio(long Numerator, long Denominator)
{
    /// <summary>As a fraction, for showing.</summary>
    public decimal Fraction => (decimal)Numerator / Denominator;

    /// <summary>True when <paramref name="events"/> of <paramref name="volume"/> are strictly above this share.</summary>
    public bool IsExceededBy(long events, long volume) => (Int128)events * Denominator > (Int128)volume * Numerator;

    /// <summary>As per cent: "0.1 %".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{100 * Fraction:0.####} %");
}
