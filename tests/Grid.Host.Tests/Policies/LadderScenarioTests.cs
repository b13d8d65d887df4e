using System.Net;
using System.Text.Json.Nodes;
using Grid.Core.Vocabulary;
using Grid.Testing;
using static Grid.Host.Tests.Policies.ClauseScene;

namespace Grid.Host.Tests.Policies;

/// <summary>The ladder over the real API, with periods that end while the grid is down: acted on at start, once.</summary>
public sealed class LadderScenarioTests(ShiftedHost host) : IClassFixture<ShiftedHost>
{
    private readonly ClauseScene _scene = new(host);

    [Fact]
    public async Task MS_51_MS_54_a_warning_that_is_not_mended_in_48_hours_suspends_for_investigation_and_one_that_is_returns()
    {
        var bad = await _scene.TenantAsync("ms51-bad", "mailsequence");
        await _scene.TenantAsync("ms51-good", "mailsequence");
        foreach (var tenant in (string[])["ms51-bad", "ms51-good"])
        {
            await _scene.HistoryAsync(tenant, 10_000, complaints: 6);
            await UntilAsync(tenant, "warned");
        }

        // What is counted since the warning begins with the next hour's slot.
        await host.SleepAsync(TimeSpan.FromHours(2));

        // 11 of 12,000 are below the limit that suspends; 5 of the 2,000 since the warning are above.
        await _scene.HistoryAsync("ms51-bad", 2_000, complaints: 5, age: TimeSpan.Zero);
        await _scene.HistoryAsync("ms51-good", 2_000, age: TimeSpan.Zero);
        Assert.Equal("warned", (await _scene.StandingAsync(Subject.Tenant("ms51-bad"))).State);

        await host.SleepAsync(TimeSpan.FromHours(45.9));
        Assert.Equal("warned", (await _scene.StandingAsync(Subject.Tenant("ms51-bad"))).State);
        await host.SleepAsync(TimeSpan.FromHours(0.2));

        await UntilAsync("ms51-bad", "suspended");
        await UntilAsync("ms51-good", "active");
        var (_, decisions) = await _scene.StandingAsync(Subject.Tenant("ms51-bad"));
        Assert.Equal(["suspend", "warn"], decisions.Select(d => Text(d, "action")));
        Assert.Equal("investigating", Text(decisions[0], "conditionAfter"));
        Assert.Equal(HttpStatusCode.Forbidden, (await _scene.PostAsync("ms51-bad", bad)).Status);
        Assert.Equal(["cure", "warn"], (await _scene.StandingAsync(Subject.Tenant("ms51-good"))).Decisions.Select(d => Text(d, "action")));

        await host.RestartAsync();
        Assert.Equal(2, (await _scene.StandingAsync(Subject.Tenant("ms51-bad"))).Decisions.Count);
    }

    [Fact]
    public async Task SC_09_guidance_comes_first_then_a_warning_then_a_limit()
    {
        await _scene.TenantAsync("sc09", "mailscale");
        await _scene.HistoryAsync("sc09", 970, bounces: 30);
        await UntilAsync("sc09", "active", "guide");
        await _scene.HistoryAsync("sc09", 970, bounces: 30, age: TimeSpan.Zero);
        await host.SleepAsync(TimeSpan.FromDays(6.9));
        Assert.Single((await _scene.StandingAsync(Subject.Tenant("sc09"))).Decisions);

        // Bad mail until the period ends: what was sent lies in the clause's 24 hours.
        await _scene.HistoryAsync("sc09", 970, bounces: 30, age: TimeSpan.Zero);
        await host.SleepAsync(TimeSpan.FromDays(0.2));
        await UntilAsync("sc09", "warned", "warn");
        await host.SleepAsync(TimeSpan.FromDays(6.9));
        await _scene.HistoryAsync("sc09", 970, bounces: 30, age: TimeSpan.Zero);
        await host.SleepAsync(TimeSpan.FromDays(0.2));
        await UntilAsync("sc09", "warned", "limit");
        Assert.Equal(["limit", "warn", "guide"], (await _scene.StandingAsync(Subject.Tenant("sc09"))).Decisions.Select(d => Text(d, "action")));
    }

    [Fact]
    public async Task MU_11_MU_17_mailup_suspends_at_once_without_guidance_or_notice_beforehand()
    {
        var key = await _scene.TenantAsync("mu17", "mailup");
        await _scene.HistoryAsync("mu17", 5_000, complaints: 5);
        await _scene.ComplainAsync();

        await UntilAsync("mu17", "suspended");
        var notices = (await _scene.GetAsync("/v1/notices", key))["notices"]!.AsArray().Select(n => Text(n!, "notice")).ToList();
        Assert.DoesNotContain("guide", notices);
        Assert.DoesNotContain("guide", (await _scene.StandingAsync(Subject.Tenant("mu17"))).Decisions.Select(d => Text(d, "action")));
    }

    [Fact]
    public async Task EM_14_findings_about_content_change_no_standing_under_emarsys()
    {
        var key = await _scene.TenantAsync("em14", "emarsys");
        foreach (var signal in (string[])["content.malware", "content.adult", "content.strike", "content.deceptive-subject"])
        {
            await _scene.ReportAsync("tenant/em14", signal, "em14-" + signal);
        }

        var (state, decisions) = await _scene.StandingAsync(Subject.Tenant("em14"));
        Assert.Equal("active", state);
        Assert.DoesNotContain(decisions, d => Text(d, "from") != Text(d, "to"));
        Assert.Equal(HttpStatusCode.Accepted, (await _scene.PostAsync("em14", key)).Status);
    }

    private Task UntilAsync(string tenant, string state, string? action = null) => Until.Async(
        async () => await _scene.StandingAsync(Subject.Tenant(tenant)) is var (now, decisions) && now == state && (action is null || (decisions.Count > 0 && Text(decisions[0], "action") == action)),
        $"{tenant} is {state} after {action}");
}
