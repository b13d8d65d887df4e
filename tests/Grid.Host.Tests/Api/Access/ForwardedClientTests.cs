using System.Net;
using Grid.Host.Api.Access;
using Grid.Host.Options;
using Microsoft.AspNetCore.Http;

namespace Grid.Host.Tests.Api.Access;

public sealed class ForwardedClientTests
{
    [Theory]
    [InlineData("10.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9")] // a listener for both families
    [InlineData("10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9")] // what the client made up stands on the left
    [InlineData("10.0.0.1", "127.0.0.1, ::1, 203.0.113.9, 10.0.0.2,10.0.0.3", "203.0.113.9")] // several proxies
    [InlineData("10.0.0.1", "10.9.9.9, 203.0.113.9, 10.0.0.2", "203.0.113.9")] // never beyond one that isn't trusted
    [InlineData("10.0.0.1", "10.0.0.7, 10.0.0.2", "10.0.0.7")] // all trusted: the first
    [InlineData("10.0.0.1", "203.0.113.9:4711", "203.0.113.9")]
    [InlineData("10.0.0.1", "2001:db8::9", "2001:db8::9")]
    [InlineData("10.0.0.1", "[2001:db8::9]", "2001:db8::9")]
    [InlineData("10.0.0.1", "[2001:db8::9]:443", "2001:db8::9")]
    [InlineData("10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1::5", "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("10.0.0.1", ",,", "10.0.0.1")]
    [InlineData("10.0.0.1", "unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "1.1.1.1, unknown, 10.0.0.2", "10.0.0.2")] // not guessed at, and not skipped
    [InlineData("10.0.0.1", "1", "10.0.0.1")]
    [InlineData("10.0.0.1", "2130706433", "10.0.0.1")]
    [InlineData("10.0.0.1", "fe80::1%eth0", "10.0.0.1")]
    [InlineData("10.0.0.1", "[::1", "10.0.0.1")]
    [InlineData("10.0.0.1", "[::1]x", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9:", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9:http", "10.0.0.1")]
    [InlineData("192.0.2.1", "203.0.113.9", "192.0.2.1")] // headers of anybody else
    [InlineData("::ffff:192.0.2.1", "203.0.113.9", "192.0.2.1")]
    [InlineData("127.0.0.1", "203.0.113.9", "127.0.0.1")] // loopback is trusted only where it is named
    public void Of_x_forwarded_for_gives_the_rightmost_that_is_not_trusted(string peer, string header, string expected) =>
        Assert.Equal(expected, Client(peer, ForwardedHeader.XForwardedFor, ("X-Forwarded-For", header)).Address.ToString());

    [Theory]
    [InlineData("for=203.0.113.9", "203.0.113.9", null)]
    [InlineData("For=\"203.0.113.9:4711\";PROTO=https;by=10.0.0.1", "203.0.113.9", "https")]
    [InlineData("for=\"[2001:db8::9]:4711\";proto=http", "2001:db8::9", "http")]
    [InlineData("for=1.1.1.1, for=203.0.113.9;proto=https, for=10.0.0.2;proto=http", "203.0.113.9", "https")]
    [InlineData("for=\"2\\03.0.113.9\"", "203.0.113.9", null)]
    [InlineData("for=unknown;proto=https", "10.0.0.1", "https")]
    [InlineData("for=_hidden", "10.0.0.1", null)]
    [InlineData("proto=https", "10.0.0.1", "https")]
    [InlineData("for=2001:db8::9", "2001:db8::9", null)] // has to be quoted, and often isn't
    [InlineData("for=1.1.1.1;for=203.0.113.9", "10.0.0.1", null)]
    [InlineData("for=1.1.1.1;x=\", for=203.0.113.9", "10.0.0.1", null)] // a mark that the client began, and its proxy's word within
    [InlineData("for=1.1.1.1;x=\", for=\"[2001:db8::9]:1\"", "10.0.0.1", null)]
    [InlineData("for=1.1.1.1;x=\"\\, for=\"[2001:db8::9]:1\"", "10.0.0.1", null)]
    [InlineData("for", "10.0.0.1", null)]
    [InlineData("for=", "10.0.0.1", null)]
    [InlineData("=203.0.113.9", "10.0.0.1", null)]
    [InlineData("for=203.0.113.9;proto=ftp", "203.0.113.9", null)]
    public void Of_forwarded_is_read_as_rfc_7239_has_it(string header, string expected, string? scheme)
    {
        var (address, said) = Client("10.0.0.1", ForwardedHeader.Forwarded, ("Forwarded", header));

        Assert.Equal((expected, scheme), (address.ToString(), said));
    }

    [Fact]
    public void Of_the_header_that_the_proxies_do_not_write_is_not_read()
    {
        // A proxy passes on what it doesn't know, so that anybody may have written it.
        Assert.Equal("203.0.113.9", Client("10.0.0.1", ForwardedHeader.XForwardedFor, ("X-Forwarded-For", "203.0.113.9"), ("Forwarded", "for=1.1.1.1")).Address.ToString());
        Assert.Equal("203.0.113.9", Client("10.0.0.1", ForwardedHeader.Forwarded, ("X-Forwarded-For", "1.1.1.1"), ("Forwarded", "for=203.0.113.9")).Address.ToString());
        Assert.Equal("10.0.0.1", Client("10.0.0.1", ForwardedHeader.Forwarded, ("X-Forwarded-For", "1.1.1.1")).Address.ToString());
    }

    [Theory]
    [InlineData("203.0.113.9", "https", "https")]
    [InlineData("203.0.113.9", "HTTPS", "https")]
    [InlineData("203.0.113.9", "http, https", "https")] // the proxy's own is the last
    [InlineData("203.0.113.9, 10.0.0.2", "https, http", "https")]
    [InlineData("203.0.113.9, 10.0.0.2", "https", "https")]
    [InlineData("203.0.113.9", "javascript", null)]
    [InlineData("203.0.113.9", "", null)]
    [InlineData("", "https", "https")]
    public void Of_x_forwarded_proto_goes_with_its_address(string addresses, string schemes, string? expected) =>
        Assert.Equal(expected, Client("10.0.0.1", ForwardedHeader.XForwardedFor, ("X-Forwarded-For", addresses), ("X-Forwarded-Proto", schemes)).Scheme);

    [Fact]
    public void Of_a_peer_that_is_not_trusted_has_no_scheme_either() =>
        Assert.Null(Client("192.0.2.1", ForwardedHeader.XForwardedFor, ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https")).Scheme);

    [Fact]
    public async Task Middleware_puts_the_client_in_the_place_of_the_proxy()
    {
        var context = new DefaultHttpContext();
        (context.Connection.RemoteIpAddress, context.Request.Scheme) = (IPAddress.Parse("::ffff:10.0.0.1"), "http");
        context.Request.Headers["Forwarded"] = "for=203.0.113.9;proto=https";

        await new ClientAddressMiddleware(_ => Task.CompletedTask, Trusting(ForwardedHeader.Forwarded)).InvokeAsync(context);

        Assert.Equal(("203.0.113.9", true), (context.Connection.RemoteIpAddress.ToString(), context.Request.IsHttps));
    }

    [Fact]
    public void Of_several_lines_are_one_list()
    {
        var headers = new HeaderDictionary { ["X-Forwarded-For"] = new(["1.1.1.1", "203.0.113.9, 10.0.0.2"]) };

        Assert.Equal("203.0.113.9", Trusting(ForwardedHeader.XForwardedFor).Of(IPAddress.Parse("10.0.0.1"), headers).Address.ToString());
    }

    [Fact]
    public void Of_more_proxies_than_anybody_has_ends_at_the_bound()
    {
        var hops = string.Join(',', Enumerable.Range(0, 4000).Select(i => $"10.1.{i / 256}.{i % 256}"));

        Assert.Equal($"10.1.{(4000 - ForwardedClient.MaxHops) / 256}.{(4000 - ForwardedClient.MaxHops) % 256}", Client("10.0.0.1", ForwardedHeader.XForwardedFor, ("X-Forwarded-For", hops)).Address.ToString());
    }

    private static (IPAddress Address, string? Scheme) Client(string peer, ForwardedHeader header, params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            dictionary[name] = value;
        }

        return Trusting(header).Of(IPAddress.Parse(peer), dictionary);
    }

    private static ForwardedClient Trusting(ForwardedHeader header) => new(new(["http://127.0.0.1:8080"], [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8:1::/48")], header));
}
