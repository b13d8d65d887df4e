using System.Net;
using Grid.Console.Tests.Beds;
using Grid.Host.Api.Access;

namespace Grid.Console.Tests.Access;

/// <summary>On a grid of its own, as it uses up the address' budget of wrong keys.</summary>
public sealed class SignInThrottleTests(ConsoleGrid grid) : IClassFixture<ConsoleGrid>
{
    [Fact]
    public async Task Sign_in_with_too_many_wrong_keys_is_throttled()
    {
        var statuses = new List<HttpStatusCode>();
        while (statuses.Count < 20 * FailureThrottle.Burst && !statuses.Contains(HttpStatusCode.TooManyRequests))
        {
            using var wrong = await grid.PostAsync("/sign-in", null, ("key", "wrong-key-of-enough-length"));
            statuses.Add(wrong.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.InRange(statuses.Count, FailureThrottle.Burst + 1, 20 * FailureThrottle.Burst);
        Assert.All(statuses.SkipLast(1), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }
}
