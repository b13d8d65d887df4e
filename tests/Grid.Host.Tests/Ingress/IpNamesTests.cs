using System.Net;
using Grid.Host.Ingress;
using Grid.Mail.Dns;

namespace Grid.Host.Tests.Ingress;

public sealed class IpNamesTests
{
    private readonly Zone _zone = new();

    [Theory]
    [InlineData("192.0.2.10", "10.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public void Reverse_name(string address, string name) => Assert.Equal(name, IpNames.ReverseName(IPAddress.Parse(address)));

    [Fact]
    public async Task Name_that_leads_back_and_is_greeted_with_is_well()
    {
        _zone.Pointer("192.0.2.10", "mta10.example.com");
        _zone.Address("mta10.example.com", "192.0.2.10");
        var view = await LookAsync("192.0.2.10", "mta10.example.com");
        Assert.Equal(["mta10.example.com"], view.Confirmed);
        Assert.True(view.GreetingLeadsHere);
        Assert.Empty(view.Faults);
    }

    [Fact]
    public async Task IPv6_is_looked_up_as_such()
    {
        _zone.Pointer("2001:db8::1", "mta6.example.com");
        _zone.Address("mta6.example.com", "192.0.2.10");
        Assert.Empty((await LookAsync("2001:db8::1", "mta6.example.com")).Confirmed);
        _zone.Address("mta6.example.com", "2001:db8::1");
        Assert.Empty((await LookAsync("2001:db8::1", "mta6.example.com")).Faults);
    }

    [Fact]
    public async Task What_is_wrong_is_said()
    {
        Assert.Contains("no name (PTR)", (await LookAsync("192.0.2.10", "mta10.example.com")).Faults[0], StringComparison.Ordinal);
        _zone.Pointer("192.0.2.10", "host.provider.example");
        Assert.Contains("none of its names", (await LookAsync("192.0.2.10", "mta10.example.com")).Faults[0], StringComparison.Ordinal);
        _zone.Address("host.provider.example", "192.0.2.10");
        Assert.Equal("mta10.example.com, with which it greets, does not lead to the address", Assert.Single((await LookAsync("192.0.2.10", "mta10.example.com")).Faults));
        _zone.Address("mta10.example.com", "192.0.2.10");
        Assert.Equal("it greets with mta10.example.com, and its name (PTR) is another", Assert.Single((await LookAsync("192.0.2.10", "mta10.example.com")).Faults));
        _zone.IsSilent = true;
        Assert.Contains("could not be asked", (await LookAsync("192.0.2.10", "mta10.example.com")).Faults[0], StringComparison.Ordinal);
    }

    private ValueTask<IpNamesView> LookAsync(string address, string ehlo) => new IpNames(_zone).LookAsync(IPAddress.Parse(address), ehlo, default);

    private sealed class Zone : IDnsResolver
    {
        private readonly List<(string Name, DnsType Type, DnsRecord Record)> _records = [];

        public bool IsSilent { get; set; }

        public void Pointer(string address, string name) => _records.Add((IpNames.ReverseName(IPAddress.Parse(address)), DnsType.Ptr, new DnsRecord.Name(name)));

        public void Address(string name, string address) =>
            _records.Add((name, address.Contains(':') ? DnsType.Aaaa : DnsType.A, new DnsRecord.Address(IPAddress.Parse(address))));

        public ValueTask<DnsAnswer> ResolveAsync(string name, DnsType type, CancellationToken cancellationToken = default)
        {
            var found = _records.Where(record => record.Name == name && record.Type == type).Select(record => record.Record).ToList();
            var status = IsSilent ? DnsStatus.ServerFailure : found.Count > 0 ? DnsStatus.Found : DnsStatus.NameError;
            return new(new DnsAnswer(status, name, IsSilent ? [] : found, false, DateTimeOffset.MaxValue, IsSilent ? "silence" : ""));
        }
    }
}
