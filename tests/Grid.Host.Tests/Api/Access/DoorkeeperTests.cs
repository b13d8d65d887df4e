using System.Net;
using Grid.Host.Api.Access;
using Grid.Testing;

namespace Grid.Host.Tests.Api.Access;

public sealed class DoorkeeperTests
{
    private const string Operator = "operator-key-0123456789";
    private const string Reader = "read-only-key-0123456789";
    private static readonly IPAddress Peer = IPAddress.Loopback;

    private readonly ManualClock _clock = new();
    private readonly MemoryKeyRing _ring = new();
    private readonly MemoryRegistry _registry = new();

    [Fact]
    public async Task AdmitAsync_knows_the_operator_and_tenants_by_their_keys()
    {
        var door = await DoorAsync();
        var (stored, key) = ApiKey.Make("acme", _clock.GetUtcNow());
        await _ring.AddAsync(stored);

        Assert.Equal(Caller.Operator, (await door.AdmitAsync(Operator, Peer, default)).Caller);
        Assert.Equal(Caller.Reader, (await door.AdmitAsync(Reader, Peer, default)).Caller);
        Assert.Equal(new Caller(CallerRole.Tenant, "acme") { KeyId = stored.Id }, (await door.AdmitAsync(key, Peer, default)).Caller);
        Assert.Null((await door.AdmitAsync(key + "x", Peer, default)).Caller);
        Assert.Null((await door.AdmitAsync("", Peer, default)).Caller);
        Assert.Null((await door.AdmitAsync(new string('x', 10_000), Peer, default)).Caller);
    }

    [Fact]
    public async Task AdmitAsync_a_revoked_key_opens_nothing()
    {
        var door = await DoorAsync();
        var (stored, key) = ApiKey.Make("acme", _clock.GetUtcNow());
        await _ring.AddAsync(stored);
        await _ring.RevokeAsync("acme", stored.Id);

        Assert.Null((await door.AdmitAsync(key, Peer, default)).Caller);
    }

    [Fact]
    public async Task AdmitAsync_an_address_that_fails_often_is_told_to_wait_but_its_tenants_keys_still_open()
    {
        var door = await DoorAsync();
        var (stored, key) = ApiKey.Make("acme", _clock.GetUtcNow());
        await _ring.AddAsync(stored);
        for (var i = 0; i < FailureThrottle.Burst; i++)
        {
            Assert.False((await door.AdmitAsync("wrong", Peer, default)).Throttled);
        }

        Assert.True((await door.AdmitAsync("wrong", Peer, default)).Throttled);
        Assert.True((await door.AdmitAsync(Operator, Peer, default)).Throttled);
        Assert.Equal("acme", (await door.AdmitAsync(key, Peer, default)).Caller?.Tenant);
        _clock.Advance(FailureThrottle.Interval * 2);
        Assert.Equal(Caller.Operator, (await door.AdmitAsync(Operator, Peer, default)).Caller);
    }

    private async Task<Doorkeeper> DoorAsync()
    {
        var operatorKey = new OperatorKey();
        await operatorKey.EnsureAsync(_registry, Operator, _ => { }, default);
        return new(_ring, operatorKey, new ReadOnlyKey(Reader), new FailureThrottle(_clock));
    }
}
