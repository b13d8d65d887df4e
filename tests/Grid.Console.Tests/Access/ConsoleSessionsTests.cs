using Grid.Host.Api.Access;
using Grid.Host.Console.Access;
using Grid.Testing;

namespace Grid.Console.Tests.Access;

public sealed class ConsoleSessionsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly ManualClock _clock = new();
    private readonly ConsoleSessions _sessions;

    public ConsoleSessionsTests() => _sessions = new(_clock);

    [Fact]
    public void Find_just_below_the_idle_time_prolongs_and_at_it_ends()
    {
        var id = _sessions.Begin(Caller.Operator);

        _clock.Advance(ConsoleSessions.Idle - Tick);
        Assert.NotNull(_sessions.Find(id, isLive: false));
        _clock.Advance(ConsoleSessions.Idle - Tick);
        Assert.NotNull(_sessions.Find(id, isLive: false));
        _clock.Advance(ConsoleSessions.Idle);
        Assert.Null(_sessions.Find(id, isLive: false));
        Assert.Null(_sessions.Find(id, isLive: false));
    }

    [Fact]
    public void Find_by_a_live_page_does_not_prolong()
    {
        var id = _sessions.Begin(Caller.Operator);

        _clock.Advance(ConsoleSessions.Idle - Tick);
        Assert.NotNull(_sessions.Find(id, isLive: true));
        _clock.Advance(Tick);
        Assert.Null(_sessions.Find(id, isLive: true));
    }

    [Fact]
    public void Find_however_busy_ends_at_the_longest_time()
    {
        var id = _sessions.Begin(Caller.Operator);
        var step = TimeSpan.FromMinutes(20);
        for (var passed = TimeSpan.Zero; passed + step < ConsoleSessions.Longest; passed += step)
        {
            _clock.Advance(step);
            Assert.NotNull(_sessions.Find(id, isLive: false));
        }

        _clock.Advance(step - Tick);
        Assert.NotNull(_sessions.Find(id, isLive: false));
        _clock.Advance(Tick);
        Assert.Null(_sessions.Find(id, isLive: false));
    }

    [Fact]
    public void Begin_beyond_the_most_takes_the_place_of_the_one_idle_longest()
    {
        var ids = new List<string>();
        for (var i = 0; i < ConsoleSessions.Most; i++)
        {
            ids.Add(_sessions.Begin(Caller.Operator));
            _clock.Advance(Tick);
        }

        Assert.NotNull(_sessions.Find(ids[0], isLive: false));
        var more = _sessions.Begin(Caller.Reader);

        Assert.Null(_sessions.Find(ids[1], isLive: true));
        Assert.NotNull(_sessions.Find(ids[0], isLive: true));
        Assert.NotNull(_sessions.Find(ids[2], isLive: true));
        Assert.Equal(CallerRole.Reader, _sessions.Find(more, isLive: true)!.Caller.Role);
    }

    [Fact]
    public void Begin_however_often_by_a_tenant_takes_nobody_elses_place()
    {
        var (operators, neighbours) = (_sessions.Begin(Caller.Operator), _sessions.Begin(Tenant("bravo")));
        var own = new List<string>();
        for (var i = 0; i < ConsoleSessions.Most + 1; i++)
        {
            _clock.Advance(Tick);
            own.Add(_sessions.Begin(Tenant("acme")));
        }

        Assert.NotNull(_sessions.Find(operators, isLive: true));
        Assert.NotNull(_sessions.Find(neighbours, isLive: true));
        Assert.Equal(own.TakeLast(ConsoleSessions.MostOfTenant), own.Where(id => _sessions.Find(id, isLive: true) is not null));
    }

    [Fact]
    public void Begin_beyond_the_most_takes_a_tenants_place_before_an_operators()
    {
        var operators = _sessions.Begin(Caller.Operator);
        var tenants = new List<string>();
        for (var i = 0; i < ConsoleSessions.Most; i++)
        {
            _clock.Advance(Tick);
            tenants.Add(_sessions.Begin(Tenant($"t{i}")));
        }

        Assert.NotNull(_sessions.Find(operators, isLive: true));
        Assert.Null(_sessions.Find(tenants[0], isLive: true));
        Assert.NotNull(_sessions.Find(tenants[1], isLive: true));
    }

    [Fact]
    public void End_ends_that_session_only()
    {
        var (first, second) = (_sessions.Begin(Caller.Operator), _sessions.Begin(Caller.Operator));

        _sessions.End(first);

        Assert.Null(_sessions.Find(first, isLive: false));
        Assert.NotNull(_sessions.Find(second, isLive: false));
    }

    [Fact]
    public void Find_of_what_is_no_id_is_null()
    {
        _sessions.Begin(Caller.Operator);

        Assert.All((string?[])[null, "", "x", new string('x', 64), new string('x', 100_000)], id => Assert.Null(_sessions.Find(id, isLive: false)));
    }

    [Fact]
    public void Owns_takes_its_own_token_only()
    {
        var (one, other) = (_sessions.Find(_sessions.Begin(Caller.Operator), false)!, _sessions.Find(_sessions.Begin(Caller.Operator), false)!);

        Assert.True(one.Owns(one.FormToken));
        Assert.All((string?[])[null, "", other.FormToken, one.FormToken + "x", one.FormToken[..^1], new string('x', 1000)], token => Assert.False(one.Owns(token)));
    }

    [Fact]
    public void TakeNotices_gives_each_once_and_keeps_the_latest_five()
    {
        var session = _sessions.Find(_sessions.Begin(Caller.Operator), false)!;
        for (var i = 1; i <= 7; i++)
        {
            session.Tell(new(false, $"{i}"));
        }

        Assert.Equal(["3", "4", "5", "6", "7"], session.TakeNotices().Select(notice => notice.Text));
        Assert.Empty(session.TakeNotices());
    }

    private static Caller Tenant(string id) => new(CallerRole.Tenant, id) { KeyId = "0123456789abcdef" };
}
