using System.Net;
using System.Net.Sockets;
using Grid.Host.Webhooks;
using Grid.Mail.Dns;

namespace Grid.Host.Tests.Webhooks;

public sealed class GridHostAddressesTests
{
    [Fact]
    public async Task ResolveAsync_gives_the_addresses_of_both_kinds()
    {
        var resolver = new Scripted(type => (DnsStatus.Found, type == DnsType.A ? "8.8.8.8" : "2606:4700::1111"));

        Assert.Equal([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("2606:4700::1111")], await new GridHostAddresses(resolver).ResolveAsync("a.example", default));
    }

    [Fact]
    public async Task ResolveAsync_of_a_name_without_addresses_gives_none() =>
        Assert.Empty(await new GridHostAddresses(new Scripted(_ => (DnsStatus.NoData, null))).ResolveAsync("a.example", default));

    [Theory]
    [InlineData(DnsStatus.NameError, SocketError.HostNotFound)]
    [InlineData(DnsStatus.ServerFailure, SocketError.TryAgain)]
    public async Task ResolveAsync_of_what_cannot_be_resolved_says_why(DnsStatus status, SocketError error)
    {
        var failed = await Assert.ThrowsAsync<SocketException>(async () => await new GridHostAddresses(new Scripted(_ => (status, null))).ResolveAsync("a.example", default));

        Assert.Equal(error, failed.SocketErrorCode);
    }

    private sealed class Scripted(Func<DnsType, (DnsStatus Status, string? Address)> answer) : IDnsResolver
    {
        public ValueTask<DnsAnswer> ResolveAsync(string name, DnsType type, CancellationToken cancellationToken = default)
        {
            var (status, address) = answer(type);
            return new(new DnsAnswer(status, name, address is null ? [] : [new DnsRecord.Address(IPAddress.Parse(address))], false, DateTimeOffset.UnixEpoch));
        }
    }
}
