using Grid.Storage.Feedback;

namespace Grid.Storage.Tests.Feedback;

public sealed class AddressFilterTests
{
    [Fact]
    public void MayContain_over_several_layers_never_forgets_and_seldom_errs()
    {
        var filter = new AddressFilter();
        for (var n = 0; n < 100_000; n++)
        {
            filter.Add("acme", $"user{n}@example.com");
        }

        for (var n = 0; n < 100_000; n++)
        {
            Assert.True(filter.MayContain("acme", $"user{n}@example.com"));
        }

        var wrong = Enumerable.Range(0, 100_000).Count(n => filter.MayContain("acme", $"other{n}@example.com"));
        Assert.InRange(wrong, 0, 2_000);
    }

    [Fact]
    public void MayContain_another_tenants_address_is_another_entry()
    {
        var filter = new AddressFilter();
        filter.Add("acme", "a@example.com");
        Assert.False(filter.MayContain("globex", "a@example.com"));
        Assert.False(filter.MayContain("acmea", "@example.com"));
    }
}
