using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Tests.Api;

public sealed class TenantRulesTests
{
    [Fact]
    public void Read_a_good_tenant_is_put_in_order()
    {
        var faults = new Faults();
        var spec = TenantRules.Read("acme", new(" Acme ", null, null, new("Acme", "1 Main St\r\n12345 Town", null, null, "US"), new("600/min", 5, null), ["News.Example", "bücher.example", "news.example"]), faults);

        Assert.True(faults.None);
        Assert.Equal(("Acme", "default", "default"), (spec.Name, spec.Policy, spec.Pool));
        Assert.Equal(["news.example", "xn--bcher-kva.example"], spec.SendingDomains);
        Assert.Equal("1 Main St, 12345 Town", spec.Profile?.PostalAddress);
        Assert.Equal(("600/min", 5, null), (spec.Limits.MaxRate, spec.Limits.MessagesPerHour, spec.Limits.MessagesPerDay));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Acme")]
    [InlineData("-acme")]
    [InlineData("a_b")]
    [InlineData("a/b")]
    public void Read_an_id_that_is_none_is_a_fault(string id)
    {
        var faults = new Faults();
        TenantRules.Read(id, new("n", null, null, null, null, null), faults);
        Assert.Equal("tenant", faults.Errors.Single().Field);
    }

    [Fact]
    public void Read_every_fault_is_listed()
    {
        var faults = new Faults();
        TenantRules.Read("acme", new(" ", "p\n", "a b", new(new string('x', 501), null, null, null, null), new("often", 0, -1), ["ok.example", "no domain", null]), faults);

        Assert.Equal(
            ["name", "policy", "pool", "profile.company", "limits.maxRate", "limits.messagesPerHour", "limits.messagesPerDay", "sendingDomains[1]", "sendingDomains[2]"],
            faults.Errors.Select(error => error.Field));
    }
}
