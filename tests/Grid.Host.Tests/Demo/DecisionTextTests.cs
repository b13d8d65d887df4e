using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;
using Grid.Host.Demo;
using Grid.Testing;

namespace Grid.Host.Tests.Demo;

public sealed class DecisionTextTests
{
    [Fact]
    public void Of_a_suspension_has_figures_and_limit() => Assert.Equal(
        "tenant/bargains suspended by complaint-cutoff: 11 complaints of 9,800 delivered (0.112 %), limit 0.1 %",
        DecisionText.Of(Decision("tenant/bargains", Standing.Suspended, "complaint-cutoff", ("delivered", 9800), ("complaints", 11), ("rate", 0.001122m), ("threshold", 0.001m))));

    [Fact]
    public void Of_an_ip_at_rest_counts_tries() => Assert.Equal(
        "ip/127.0.0.3 suspended (rested) by ip-blocks: 85 blocks of 1,659 tries (5.124 %), limit 5 %",
        DecisionText.Of(Decision("ip/127.0.0.3", Standing.Suspended, "ip-blocks", ("delivered", 1500), ("tries", 1659), ("blocks", 85), ("rate", 0.051236m), ("threshold", 0.05m))));

    [Fact]
    public void Of_an_operators_act_has_the_reason() =>
        Assert.Equal("tenant/shop operator's by operator: they called", DecisionText.Of(Decision("tenant/shop", Standing.Active, "operator")));

    [Fact]
    public void Add_of_control_characters_shows_none()
    {
        var journal = new Journal(new ManualClock());

        journal.Add("a receiver says \u001b[2J\r\nhello");

        Assert.Equal(["00:00 a receiver says ?[2J??hello"], journal.Latest(5));
    }

    private static DecisionBody Decision(string subject, Standing to, string clause, params (string Name, decimal Value)[] figures) => new(
        "1", DateTimeOffset.UnixEpoch, subject, Standing.Active, to, "operator's", "default", 1, clause,
        figures.ToDictionary(figure => figure.Name, figure => figure.Value), "grid", "they called", null);
}
