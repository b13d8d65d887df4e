using Grid.Core.Admission;

namespace Grid.Core.Tests.Admission;

public sealed class IpWarmupTests
{
    private static readonly DateOnly Start = new(2026, 3, 1);
    private static readonly WarmupPlan Plan = new("p", [new(100, 60), new(200, 120), new(400, 240), new(800, 480), new(1600, 960), new(3200, 1920)]);

    private readonly IpWarmup _ip = new(Plan, IpWarmup.Begin(Start, Start));

    [Fact]
    public void Site_and_ip_are_each_held_to_their_allowance()
    {
        Assert.Equal(60, Drain("a", Noon(0)));
        Assert.Equal(40, Drain("b", Noon(0)));
        Assert.Equal(0, Drain("c", Noon(0)));
        Assert.Equal(TimeSpan.FromHours(12), _ip.Take("c", 1, Noon(0)).RetryAfter);
        Assert.Equal([("a", 60), ("b", 40)], _ip.Today(Noon(0)).Sites.Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public void Block_is_a_64th_of_the_days_or_one()
    {
        var large = new IpWarmup(new("l", [new(6400, 6400)]), IpWarmup.Begin(Start, Start));
        Assert.Equal(100, large.Take("a", 4096, Noon(0)).Count);
        Assert.Equal(7, large.Take("a", 7, Noon(0)).Count);
        Assert.Equal(1, _ip.Take("a", 64, Noon(0)).Count);
    }

    [Fact]
    public void Days_that_are_over_are_remembered_with_what_was_allowed_and_used_and_the_last_thirty_of_them()
    {
        Drain("a", Noon(0));
        Drain("b", Noon(0));
        Assert.Equal(3, _ip.Take("a", 7, Noon(1)).Count);
        var past = _ip.Today(Noon(2)).Past;

        Assert.Equal([(Start, 100, 100), (Start.AddDays(1), 200, 3)], past.Select(day => (day.Day, day.Allowance.PerIp, day.Used)));
        Assert.Equal([("a", 60), ("b", 40)], past[0].Sites.Select(site => (site.Key, site.Value)));
        var restored = new IpWarmup(Plan, _ip.Snapshot());
        Assert.Equal(past, restored.Today(Noon(2)).Past);
        for (var day = 3; day < 60; day++)
        {
            restored.Take("a", 1, Noon(day));
        }

        Assert.Equal((30, Start.AddDays(29)), (restored.Today(Noon(59)).Past.Count, restored.Today(Noon(59)).Past[0].Day));
    }

    [Theory]
    [InlineData(49, 1)]
    [InlineData(50, 2)]
    public void Day_goes_on_when_half_was_used(int used, int step)
    {
        Use(used, Noon(0));
        Assert.Equal((step, step == 2 ? 200 : 100), (_ip.Today(Noon(1)).Step, _ip.Today(Noon(1)).Allowance!.PerIp));
    }

    [Fact]
    public void Unused_allowance_is_not_carried_over()
    {
        Use(50, Noon(0));
        Assert.Equal(120 + 80, Drain("a", Noon(1)) + Drain("b", Noon(1)) + Drain("c", Noon(1)));
        Assert.Equal(3, _ip.Today(Noon(2)).Step);
        Assert.Equal(3, _ip.Today(Noon(9)).Step);
        Assert.Equal(240, Drain("a", Noon(9)));
    }

    [Fact]
    public void Permits_are_void_before_midnight_and_returns_are_taken_on_their_own_day_only()
    {
        var midnight = Noon(0).AddHours(12);
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromHours(12) - TimeSpan.FromSeconds(60)), (_ip.Take("a", 1, Noon(0)).UseWithin, _ip.Take("a", 1, Noon(0)).ReturnWithin));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.Zero), (_ip.Take("a", 1, midnight.AddSeconds(-5)).UseWithin, _ip.Take("a", 1, midnight.AddSeconds(-5)).ReturnWithin));
        Assert.Equal((1, TimeSpan.FromTicks(1)), (_ip.Take("a", 1, midnight.AddSeconds(-2).AddTicks(-1)).Count, _ip.Take("a", 1, midnight.AddSeconds(-2).AddTicks(-1)).UseWithin));
        Assert.Equal((0, TimeSpan.FromSeconds(2)), (_ip.Take("a", 1, midnight.AddSeconds(-2)).Count, _ip.Take("a", 1, midnight.AddSeconds(-2)).RetryAfter));
        Use(54, Noon(0));
        Assert.Equal(120, Drain("a", midnight));
        _ip.Return("a", 10, midnight.AddSeconds(59.999));
        Assert.Equal(0, Drain("a", midnight.AddSeconds(59.999)));
        _ip.Return("a", 10, midnight.AddSeconds(60));
        Assert.Equal(10, Drain("a", midnight.AddSeconds(60)));
    }

    [Fact]
    public void Return_of_more_than_a_site_was_given_frees_no_more_than_that()
    {
        Use(10, Noon(0));
        _ip.Return("a", 1000, Noon(0));
        Assert.Equal(0, _ip.Today(Noon(0)).Used);
        _ip.Return("b", 1000, Noon(0));
        Assert.Equal(100, Drain("a", Noon(0)) + Drain("b", Noon(0)) + Drain("c", Noon(0)));
    }

    [Theory]
    [InlineData(4, 100, false)]
    [InlineData(5, 100, true)]
    [InlineData(5, 500, true)]
    [InlineData(5, 501, false)]
    [InlineData(6, 501, true)]
    public void Day_is_paused_by_five_blocks_that_are_one_percent(int blocks, int used, bool paused)
    {
        var ip = At(step: 3);
        Drain(ip, "a", Noon(0), used);
        Drain(ip, "b", Noon(0), used - Math.Min(used, 480));
        Assert.Equal(paused, ip.Block(blocks, Noon(0)));
        Assert.False(paused && ip.Block(1, Noon(0)));
        Assert.Equal((paused, paused ? 0 : 1), (ip.Today(Noon(0)).Paused, ip.Take("c", 1, Noon(0)).Count));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(5, 3)]
    public void Paused_day_goes_back_by_two_however_much_it_used(int step, int after)
    {
        var ip = At(step);
        Drain(ip, "a", Noon(0), 60);
        ip.Block(1000, Noon(0));
        Assert.Equal((after + 1, false), (ip.Today(Noon(1)).Step, ip.Today(Noon(1)).Paused));
    }

    [Theory]
    [InlineData(30, 6)]
    [InlineData(31, 3)]
    [InlineData(60, 3)]
    [InlineData(61, 1)]
    [InlineData(400, 0)]
    public void Each_thirty_idle_days_halve_it(int days, int step)
    {
        foreach (var looks in (bool[])[true, false])
        {
            var warm = At(step: 6);
            Assert.Null(warm.Today(Noon(0)).Allowance);
            Assert.Equal(5000, warm.Take("a", 5000, Noon(0)).Count);
            for (var day = 1; looks && day < days; day++)
            {
                warm.Today(Noon(day));
            }

            Assert.Equal((step + 1, step == 6), (warm.Today(Noon(days)).Step, warm.Today(Noon(days)).Allowance is null));
        }
    }

    [Fact]
    public void Plan_that_begins_later_allows_nothing_until_then_and_one_that_began_earlier_has_gone_on()
    {
        var later = new IpWarmup(Plan, IpWarmup.Begin(Start.AddDays(2), Start));
        Assert.Equal((0, TimeSpan.FromHours(36)), (later.Take("a", 1, Noon(0)).Count, later.Take("a", 1, Noon(0)).RetryAfter));
        Assert.Equal(0, later.Today(Noon(1)).Step);
        Assert.Equal(60, Drain(later, "a", Noon(2)));
        Assert.Equal(3, new IpWarmup(Plan, IpWarmup.Begin(Start.AddDays(-2), Start)).Today(Noon(0)).Step);
        Assert.Null(new IpWarmup(Plan, IpWarmup.Begin(Start.AddDays(-6), Start)).Today(Noon(0)).Allowance);
    }

    [Fact]
    public void Further_sites_than_a_thousand_share_one_allowance()
    {
        var ip = new IpWarmup(new("m", [new(1_000_000, 10)]), IpWarmup.Begin(Start, Start));
        for (var site = 0; site < 1000; site++)
        {
            Assert.Equal(1, ip.Take("s" + site, 1, Noon(0)).Count);
        }

        Assert.Equal(10, Drain(ip, "t1", Noon(0)) + Drain(ip, "t2", Noon(0)) + Drain(ip, "t3", Noon(0)));
        Assert.Equal(9, Drain(ip, "s5", Noon(0)));
    }

    [Fact]
    public void Clock_that_is_set_back_stands_still()
    {
        Use(60, Noon(1));
        Assert.Equal(0, _ip.Take("a", 1, Noon(0)).Count);
    }

    // What goes out is counted apart, on the day on which it goes: a holder that uses, forgets and returns at random within the promised times, over restarts.
    [Theory]
    [InlineData("standard")]
    [InlineData("gentle")]
    [InlineData("p")]
    public void Thirty_days_of_any_demand_never_exceed_a_day(string name)
    {
        var plan = WarmupPlans.Find(name) ?? Plan;
        for (var seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            var ip = new IpWarmup(plan, IpWarmup.Begin(Start, Start));
            var sent = new Dictionary<(DateOnly Day, string Site), int>();
            var allowed = new Dictionary<DateOnly, WarmupDay?>();
            var held = new List<(string Site, int Count, DateTimeOffset Until, DateTimeOffset ReturnBy)>();
            for (var now = Noon(0).AddHours(-12); now < Noon(30); now = now.AddSeconds(random.Next(1, 90)))
            {
                var day = DateOnly.FromDateTime(now.UtcDateTime);
                allowed[day] = ip.Today(now).Allowance;
                var site = "s" + random.Next(4);
                var grant = ip.Take(site, random.Next(1, 5000), now);
                if (grant.Count > 0 && grant.UseWithin != TimeSpan.MaxValue)
                {
                    held.Add((site, grant.Count, now + grant.UseWithin, now + grant.ReturnWithin));
                }

                for (var i = held.Count - 1; i >= 0; i--)
                {
                    var (s, count, until, returnBy) = held[i];
                    var used = random.Next(count + 1);
                    var usedAt = now + ((until - now) * random.NextDouble());
                    if (until > now)
                    {
                        var on = (DateOnly.FromDateTime(usedAt.UtcDateTime), s);
                        sent[on] = sent.GetValueOrDefault(on) + used;
                        held[i] = (s, count - used, until, returnBy);
                    }
                    else if (random.Next(3) > 0)
                    {
                        if (now < returnBy)
                        {
                            ip.Return(s, count, now);
                        }

                        held.RemoveAt(i);
                    }
                }

                if (random.Next(500) == 0)
                {
                    ip.Block(random.Next(8), now);
                }

                if (random.Next(200) == 0)
                {
                    ip = new(plan, ip.Snapshot());
                }
            }

            Assert.NotEmpty(sent);
            foreach (var day in sent.GroupBy(s => s.Key.Day))
            {
                if (allowed[day.Key] is { } allowance)
                {
                    Assert.True(day.Sum(s => s.Value) <= allowance.PerIp, $"{name}, seed {seed}, {day.Key}: {day.Sum(s => s.Value)} of {allowance.PerIp}");
                    Assert.All(day, s => Assert.True(s.Value <= allowance.PerSite, $"{name}, seed {seed}, {s.Key}: {s.Value} of {allowance.PerSite}"));
                }
            }
        }
    }

    [Fact]
    public void Shipped_plans_are_right_and_never_shrink()
    {
        Assert.All(WarmupPlans.Shipped, plan => Assert.Empty(plan.Faults()));
        Assert.All(WarmupPlans.Shipped, plan => Assert.All(plan.Days.Zip(plan.Days.Skip(1)), pair => Assert.True(pair.First.PerIp <= pair.Second.PerIp && pair.First.PerSite <= pair.Second.PerSite)));
        Assert.Equal([(26, 480, 240, 2_159_952), (45, 50, 50, 50_000)], WarmupPlans.Shipped.Select(plan => (plan.Days.Count, plan.Days[0].PerIp, plan.Days[0].PerSite, plan.Days[^1].PerIp)));
    }

    [Fact]
    public void Faults_name_each_wrong_field()
    {
        Assert.Equal(["days"], new WarmupPlan("x", []).Faults().Select(f => f.Field));
        Assert.Equal(["days[0].perIp", "days[1].perSite", "days[2].perSite"], new WarmupPlan("x", [new(0, 1), new(10, 11), new(10, 0), new(10, 10)]).Faults().Select(f => f.Field));
    }

    private static DateTimeOffset Noon(int day) => new(Start.AddDays(day).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);

    private static IpWarmup At(int step) => new(Plan, IpWarmup.Begin(Start, Start) with { Step = step });

    private void Use(int count, DateTimeOffset now) => Assert.Equal(count, Drain(_ip, "a", now, count));

    private int Drain(string site, DateTimeOffset now) => Drain(_ip, site, now);

    private static int Drain(IpWarmup ip, string site, DateTimeOffset now, int most = int.MaxValue)
    {
        var taken = 0;
        while (taken < most && ip.Take(site, most - taken, now).Count is > 0 and var count)
        {
            taken += count;
        }

        return taken;
    }
}
