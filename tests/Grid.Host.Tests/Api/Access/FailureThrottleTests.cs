using System.Net;
using Grid.Host.Api.Access;
using Grid.Testing;

namespace Grid.Host.Tests.Api.Access;

public sealed class FailureThrottleTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Fail_thirty_at_once_are_allowed_and_then_one_every_two_seconds()
    {
        var throttle = new FailureThrottle(_clock);
        var peer = IPAddress.Parse("192.0.2.1");

        for (var i = 0; i < FailureThrottle.Burst; i++)
        {
            Assert.False(throttle.Fail(peer));
        }

        Assert.True(throttle.Fail(peer));
        Assert.True(throttle.IsExhausted(peer));
        Assert.False(throttle.IsExhausted(IPAddress.Parse("192.0.2.2")));
        _clock.Advance(FailureThrottle.Interval);
        Assert.False(throttle.Fail(peer));
        Assert.True(throttle.Fail(peer));
    }

    [Fact]
    public void Fail_addresses_of_one_ipv6_network_share_a_budget()
    {
        var throttle = new FailureThrottle(_clock);

        for (var i = 0; i < FailureThrottle.Burst; i++)
        {
            throttle.Fail(IPAddress.Parse($"2001:db8::{i + 1:x}"));
        }

        Assert.True(throttle.IsExhausted(IPAddress.Parse("2001:db8::ffff")));
        Assert.False(throttle.IsExhausted(IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void Fail_a_mapped_address_is_its_ipv4_address()
    {
        var throttle = new FailureThrottle(_clock);

        for (var i = 0; i < FailureThrottle.Burst; i++)
        {
            throttle.Fail(IPAddress.Parse("::ffff:192.0.2.1"));
        }

        Assert.True(throttle.IsExhausted(IPAddress.Parse("192.0.2.1")));
    }
}
