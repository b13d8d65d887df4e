namespace Grid.Host.Tests.Whole;

/// <summary>A grid whose platform signs too, with a domain that covers its feedback address.</summary>
public sealed class SigningFixture : HostFixture
{
    public SigningFixture() => More.AddRange(["--Grid:Dkim:Domain=grid.example", "--Grid:Inbound:Domain=bounces.grid.example", "--Grid:Dkim:Secret=a-secret-of-the-tests-0123456789"]);
}
