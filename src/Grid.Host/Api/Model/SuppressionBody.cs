using Grid.Core.Vocabulary;

namespace Grid.Host.Api.Model;

/// <summary>An address that isn't mailed.</summary>
/// <param name="Address">In its normal form.</param>
/// <param name="Scope">all, or bulk: transactional mail still goes there.</param>
/// <param name="By">grid, operator, tenant or recipient.</param>
public sealed record SuppressionBody(string Address, SuppressionReason Reason, SuppressionScope Scope, DateTimeOffset At, string By, string? Detail)
{
    public static SuppressionBody Of(Suppression suppression) =>
        new(suppression.Address, suppression.Reason, suppression.Scope, suppression.At, suppression.By, suppression.Detail);
}
