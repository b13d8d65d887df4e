using Grid.Console.Tests.Beds;

namespace Grid.Console.Tests;

/// <summary>What an operator can do over the API can be done in the console.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class ParityTests(ConsoleGrid grid)
{
    /// <summary>Not offered: reports that receivers' machines make, as files, come by mail or from a program.</summary>
    private static readonly string[] Exceptions = ["POST /v1/tls-reports"];

    [Fact]
    public async Task Every_action_that_the_api_has_for_an_operator_is_offered()
    {
        var offered = ConsoleMap.Actions(grid).SelectMany(action => action.Calls).ToHashSet();

        var calls = await ConsoleMap.OperatorCallsAsync(grid);

        Assert.True(calls.Count > 40, $"the document has only {calls.Count} of them");
        Assert.Empty(calls.Except(offered).Except(Exceptions));
    }

    [Fact]
    public void Nothing_is_offered_that_the_api_does_not_have()
    {
        var calls = ConsoleMap.Calls(grid);

        Assert.Empty(ConsoleMap.Actions(grid).SelectMany(action => action.Calls).Except(calls));
    }

    [Fact]
    public void Action_that_makes_a_call_it_does_not_offer_is_a_mistake_of_ours()
    {
        var action = new Microsoft.AspNetCore.Http.Endpoint(null, new(new Host.Console.Calls.Offers(["PUT /v1/ips/{ip}"])), "test");

        Host.Console.Calls.Offers.Check(action, "PUT", "/v1/ips/{ip}");
        Assert.Throws<InvalidOperationException>(() => Host.Console.Calls.Offers.Check(action, "DELETE", "/v1/ips/{ip}"));
        Assert.Throws<InvalidOperationException>(() => Host.Console.Calls.Offers.Check(null, "PUT", "/v1/ips/{ip}"));
    }
}
