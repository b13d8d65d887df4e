using Grid.Host.Demo.Receivers;
using Grid.Host.Demo.Tenants;

namespace Grid.Host.Tests.Demo;

public sealed class AudienceTests
{
    private const int Sample = 13_000;
    private const int CutoffOneIn = 1000;

    [Fact]
    public void Address_of_the_buyer_is_clean_at_first_and_then_bought()
    {
        var own = Residents(Cast.Buyer, 0, Cast.Buyer.OwnList);
        var bought = Residents(Cast.Buyer, Cast.Buyer.OwnList, 5000);

        Assert.All(own, resident => Assert.Equal(Resident.Ordinary, resident));
        Assert.InRange(bought.Count(resident => resident is Resident.Gone or Resident.Closed), 700, 750);
        Assert.Equal(20, bought.Count(resident => resident == Resident.Angry));
    }

    [Fact]
    public void Address_of_the_creeper_complains_below_the_cutoff_at_any_time()
    {
        var residents = Residents(Cast.Almost, 0, Sample);

        var complaints = 0;
        foreach (var (index, resident) in residents.Index())
        {
            complaints += resident == Resident.Angry ? 1 : 0;
            Assert.True(complaints * CutoffOneIn <= index, $"{complaints} complaints of {index + 1}");
        }

        Assert.Equal(10, complaints);
    }

    [Fact]
    public void Address_of_who_complains_is_at_who_reports_it_and_never_the_same()
    {
        var angry = Enumerable.Range(0, 20_000).Select(n => Audience.Address(Cast.Buyer, n)).Where(address => Who(address) == Resident.Angry).ToList();

        Assert.All(angry, address => Assert.EndsWith("@" + Cast.Yahoo, address, StringComparison.Ordinal));
        Assert.Equal(angry.Count, angry.Distinct().Count());
    }

    private static List<Resident> Residents(DemoTenant tenant, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(n => Who(Audience.Address(tenant, n)))];

    private static Resident Who(string address) => Grid.Host.Demo.Receivers.Residents.Of(address);
}
