namespace Grid.Core.Admission;

/// <summary>State of a <see cref="RollingQuota"/>, to be saved.</summary>
/// <param name="Newest">Start of the newest slot.</param>
/// <param name="Counts">Permits taken by slot, the newest first.</param>
public sealed record QuotaSnapshot(DateTimeOffset Newest, IReadOnlyList<int> Counts);
