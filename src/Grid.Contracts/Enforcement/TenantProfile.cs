namespace Grid.Contracts.Enforcement;

/// <summary>Who the tenant is. All required where a policy vets.</summary>
[GenerateSerializer, Immutable, Alias("grid.tenant-profile")]
public sealed record TenantProfile(
    [property: Id(0)] string Company,
    [property: Id(1)] string PostalAddress,
    [property: Id(2)] string Website,
    [property: Id(3)] string ContactEmail,
    [property: Id(4)] string Country)
{
    /// <summary>Nothing of it is missing.</summary>
    public bool IsComplete => Company.Length > 0 && PostalAddress.Length > 0 && Website.Length > 0 && ContactEmail.Length > 0 && Country.Length > 0;
}
