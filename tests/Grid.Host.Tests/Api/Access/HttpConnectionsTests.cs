using System.Net;
using Grid.Host.Api.Access;
using Grid.Host.Options;
using Grid.Testing;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grid.Host.Tests.Api.Access;

public sealed class HttpConnectionsTests
{
    private readonly TaskCompletionSource _end = new();
    private readonly List<Task> _served = [];
    private readonly HttpConnections _connections = new(
        Options() with
        {
            Limits = LimitOptions.Default with { MaxHttpConnections = 5, MaxHttpConnectionsPerPeer = 2 },
            Http = new(["http://127.0.0.1:0"], [IPNetwork.Parse("10.0.0.0/8")], ForwardedHeader.XForwardedFor),
        },
        new ManualClock(),
        NullLogger<HttpConnections>.Instance);

    [Fact]
    public async Task Serve_more_than_there_is_room_for_is_closed_at_once()
    {
        // Two of one address, in whichever form it comes; a proxy may have what is left; then it is full for all.
        Assert.Equal([true, true, false], [IsServed("192.0.2.1"), IsServed("::ffff:192.0.2.1"), IsServed("192.0.2.1")]);
        Assert.Equal([true, true, true], [IsServed("10.0.0.1"), IsServed("10.0.0.1"), IsServed("10.0.0.1")]);
        Assert.Equal([false, false], [IsServed("10.0.0.1"), IsServed("192.0.2.2")]);
        Assert.Equal(5, _connections.Open);

        _end.SetResult();
        await Task.WhenAll(_served);
        Assert.Equal(0, _connections.Open);
        Assert.True(IsServed("192.0.2.1"));
    }

    [Theory]
    [InlineData(1_048_576, 1000, 10_000)]
    [InlineData(2048, 256, 512)] // where 2,000 silent connections ended the process
    [InlineData(1, 1, 1)]
    public void Within_leaves_descriptors_for_everything_else(int descriptors, int smtp, int http)
    {
        var limits = LimitOptions.Default.Within(descriptors);

        Assert.Equal((smtp, http), (limits.MaxConnections, limits.MaxHttpConnections));
    }

    private bool IsServed(string peer)
    {
        var isServed = false;
        _served.Add(_connections.ServeAsync(new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(peer), 4711) }, _ =>
        {
            isServed = true;
            return _end.Task;
        }));
        return isServed;
    }

    private static GridOptions Options() => GridOptions.Read(new OptionsReader(new ConfigurationBuilder().Build()));
}
