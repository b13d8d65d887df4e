namespace Grid.Contracts.Enforcement;

/// <summary>A recipient domain; key = its name, lower case ASCII.</summary>
[Alias("grid.domain")]
public interface IRecipientDomainGrain : IAccountGrain
{
    [Alias("limits")]
    ValueTask<DomainLimits> Limits();

    /// <summary>In force when it completes: blocks granted under the old limits are revoked.</summary>
    [Alias("set-limits")]
    ValueTask SetLimits(DomainLimits limits);
}
