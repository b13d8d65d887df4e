using Grid.Contracts.Enforcement;

namespace Grid.Contracts.Admission;

/// <summary>A site: recipient domains behind one set of mail exchangers, which the receiver counts together. Key = site name.</summary>
[Alias("grid.site")]
public interface ISiteGrain : IPermitGrain
{
    [Alias("limits")]
    ValueTask<DomainLimits> Limits();

    /// <summary>In force when it completes: blocks granted under the old limits are revoked.</summary>
    [Alias("set-limits")]
    ValueTask SetLimits(DomainLimits limits);
}
