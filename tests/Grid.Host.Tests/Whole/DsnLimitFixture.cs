namespace Grid.Host.Tests.Whole;

/// <summary>A grid that tells a tenant's senders of two messages an hour.</summary>
public sealed class DsnLimitFixture : HostFixture
{
    public DsnLimitFixture() => More.Add("--Grid:Dsn:MaxPerTenantPerHour=2");
}
