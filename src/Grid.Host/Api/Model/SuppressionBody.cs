using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>An address that isn't mailed.</summary>
/// <param name="Address">In its normal form.</param>
/// <param name="By">grid, operator or tenant.</param>
public sealed record SuppressionBody(string Address, SuppressionReason Reason, DateTimeOffset At, string By, string? Detail)
{
    public static SuppressionBody Of(Suppression suppression) =>
        new(suppression.Address, suppression.Reason, suppression.At, suppression.By, suppression.Detail);
}
