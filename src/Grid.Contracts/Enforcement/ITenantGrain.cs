namespace Grid.Contracts.Enforcement;

/// <summary>A tenant; key = tenant id.</summary>
[Alias("grid.tenant")]
public interface ITenantGrain : IAccountGrain
{
    /// <summary>Null when there is no such tenant.</summary>
    [Alias("find")]
    ValueTask<TenantView?> Find();

    /// <summary>Creates or changes; true when it was created.</summary>
    [Alias("put")]
    ValueTask<bool> Put(TenantSpec spec);
}
