using System.Text.Json.Nodes;
using Grid.Console.Tests.Beds;
using Microsoft.Playwright;

namespace Grid.Console.Tests.Browser;

/// <summary>Every action in a browser, and what the API says of it afterwards.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class ActionsTests(ConsoleGrid grid, Browsing browsing)
{
    [Fact]
    public async Task Tenant_is_made_given_a_key_changed_and_its_key_revoked()
    {
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/tenants");
        await visit.ActAsync("new", "a new customer", ("id", "made"), ("name", "Made here"), ("sendingDomains", "made.example\nother.example"), ("maxRate", "600/min"));
        await visit.Page.WaitForURLAsync("**/tenants/made");
        Assert.Contains("is saved", await visit.NoticeAsync(), StringComparison.Ordinal);
        Assert.Equal(["made.example", "other.example"], (await TenantAsync("made"))["sendingDomains"]!.AsArray().Select(domain => domain!.GetValue<string>()));

        await visit.ActAsync("key");
        var key = await visit.Page.Locator("#secret").InnerTextAsync();
        Assert.StartsWith("gk_", key, StringComparison.Ordinal);
        await visit.OpenAsync("/tenants/made");
        Assert.Equal(0, await visit.Page.Locator("#secret").CountAsync());
        Assert.NotNull(await grid.SendAsync("made", key, "a@made-r.example"));

        await visit.ActAsync("edit", "it asked for less", ("maxRate", "60/min"), ("company", "Made Ltd"));
        Assert.Equal("60/min", (await TenantAsync("made"))["limits"]!["maxRate"]!.GetValue<string>());
        Assert.Equal("Made Ltd", (await TenantAsync("made"))["profile"]!["company"]!.GetValue<string>());

        await visit.ActAsync("revoke-" + key.Split('_')[1]);
        Assert.Contains("revoked", await visit.NoticeAsync(), StringComparison.Ordinal);
        Assert.Empty((await grid.CallAsync(HttpMethod.Get, "/v1/tenants/made/keys")).Json["keys"]!.AsArray());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Tenant_that_is_edited_stays_with_its_parent()
    {
        await grid.TenantAsync("reseller");
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/tenants");
        await visit.ActAsync("new", "a reseller's customer", ("id", "customer"), ("name", "Customer"), ("sendingDomains", "customer.example"), ("parent", "reseller"));
        await visit.OpenAsync("/tenants/customer");

        await visit.ActAsync("edit", "less, please", ("maxRate", "60/min"));

        Assert.Equal(("reseller", "60/min"), ((await TenantAsync("customer"))["parent"]!.GetValue<string>(), (await TenantAsync("customer"))["limits"]!["maxRate"]!.GetValue<string>()));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Tenant_with_faults_is_refused_with_every_one_of_them()
    {
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/tenants");
        await visit.ActAsync("new", "wrong", ("id", "faulty"), ("name", "Faulty"), ("maxRate", "lots"), ("pool", "no pool"), ("sendingDomains", "bad..domain"));

        var notice = await visit.NoticeAsync();
        Assert.All((string[])["Refused", "limits.maxRate", "pool", "sendingDomains[0]"], words => Assert.Contains(words, notice, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tenant_is_warned_suspended_reinstated_and_terminated_with_reasons_on_the_ledger()
    {
        await grid.TenantAsync("ladder");
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/tenants/ladder");
        foreach (var (state, reason) in ((string, string)[])[("warned", "first words"), ("suspended", "second words"), ("active", "third words"), ("terminated", "fourth words")])
        {
            await visit.ActAsync("to-" + state, reason);
            await Assertions.Expect(visit.Page.Locator("#state")).ToContainTextAsync(state);
            Assert.Equal(state, (await TenantAsync("ladder"))["state"]!.GetValue<string>());
        }

        Assert.Equal(["Terminate ladder for ever?"], visit.Asked);
        Assert.Equal(0, await visit.Page.Locator("#to-active").CountAsync());
        var decisions = (await grid.CallAsync(HttpMethod.Get, "/v1/decisions?subject=tenant/ladder")).Json["decisions"]!.AsArray().Where(decision => decision!["kind"]!.GetValue<string>() == "transition").ToList();
        Assert.Equal(["fourth words", "third words", "second words", "first words"], decisions.Select(decision => decision!["reason"]!.GetValue<string>()));
        Assert.All(decisions, decision => Assert.Equal("operator", decision!["by"]!.GetValue<string>()));
        await visit.OpenAsync("/decisions?subject=tenant/ladder");
        await Assertions.Expect(visit.Page.Locator("#list")).ToContainTextAsync("third words");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Queue_is_paused_resumed_flushed_and_cancelled()
    {
        var key = await grid.TenantAsync("queued");
        await grid.CallAsync(HttpMethod.Post, "/v1/queue/pause", new { tenant = "queued" });
        await grid.SendAsync("queued", key, "a@queued-r.example", "b@queued-r.example");
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/queue?tenant=queued");
        Assert.Contains("queued to every domain", await visit.Page.Locator("#paused").InnerTextAsync(), StringComparison.Ordinal);

        Assert.Contains("2 queued: 2 ready, 0 deferred", await visit.Page.Locator("#scope").InnerTextAsync(), StringComparison.Ordinal);

        await visit.ActAsync("flush-queued-all");
        Assert.Contains("Due now", await visit.NoticeAsync(), StringComparison.Ordinal);
        await visit.ActAsync("cancel-queued-all", "the tenant asked for it");
        Assert.Contains("Cancelled: 2 recipients of queued", await visit.NoticeAsync(), StringComparison.Ordinal);
        await visit.ActAsync("resume-queued-all");
        Assert.Contains("0 queued: 0 ready", await visit.Page.Locator("#scope").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Resumed: queued", await visit.NoticeAsync(), StringComparison.Ordinal);
        await visit.ActAsync("pause-queued-all");
        Assert.Contains("Paused: queued", await visit.NoticeAsync(), StringComparison.Ordinal);
        Assert.Single(visit.Asked);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Suspended_campaigns_mail_is_shown_of_its_tenant_and_in_the_queue_and_cancelled_with_it()
    {
        var key = await grid.TenantAsync("aside");
        await grid.CallAsync(HttpMethod.Post, "/v1/queue/pause", new { tenant = "aside" });
        var message = new { from = "news@aside.example", to = new[] { "a@aside-r.example" }, subject = "Hello", text = "Hello", campaign = "spring" };
        await grid.CallAsync(HttpMethod.Post, "/v1/messages", message, key);
        await grid.CallAsync(HttpMethod.Post, "/v1/messages", message, key);
        await grid.CallAsync(HttpMethod.Post, "/v1/tenants/aside/scopes/campaign/spring/state", new { state = "suspended", reason = "a test" });
        await grid.CallAsync(HttpMethod.Post, "/v1/queue/resume", new { tenant = "aside" });
        await grid.UntilAsync("/v1/queue", json => json["byTenant"]!.AsArray().Any(share => share!["name"]!.GetValue<string>() == "aside" && share["suspended"]!.GetValue<long>() == 2));
        await using var visit = await browsing.VisitAsync(grid);

        await visit.OpenAsync("/tenants/aside");
        await Assertions.Expect(visit.Page.Locator("#standing")).ToContainTextAsync("2queued, held with their stream or campaign");
        await visit.OpenAsync("/queue?q=aside&tenant=aside");
        await Assertions.Expect(visit.Page.Locator("#totals")).ToContainTextAsync("held with their stream or campaign");
        Assert.Equal("2", await visit.Page.Locator("#shares a[href='/tenants/aside/scopes']").InnerTextAsync());
        await visit.ActAsync("cancel-aside-all", "the tenant asked for it");
        Assert.Contains("Cancelled: 2 recipients of aside", await visit.NoticeAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Acts_that_change_no_state_are_on_the_ledger_with_their_reasons()
    {
        await grid.TenantAsync("acted");
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/tenants/acted");
        await visit.ActAsync("key", "they lost theirs – ‘gone’");
        await visit.ActAsync("pause-acted-all", "a look at their list");
        await visit.ActAsync("edit", "less, please", ("maxRate", "60/min"));
        await visit.OpenAsync("/decisions?subject=tenant/acted");

        var decisions = (await grid.CallAsync(HttpMethod.Get, "/v1/decisions?subject=tenant/acted")).Json["decisions"]!.AsArray();
        Assert.Equal(
            [("configure", "less, please"), ("pause-queue", "a look at their list"), ("add-key", "they lost theirs – ‘gone’")],
            decisions.Take(3).Select(decision => (decision!["action"]!.GetValue<string>(), decision["reason"]!.GetValue<string>())));
        Assert.All(decisions, decision => Assert.Equal(("act", "active"), (decision!["kind"]!.GetValue<string>(), decision["to"]!.GetValue<string>())));
        await visit.Page.ClickAsync("#list tbody tr:first-child a");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("less, please");
        await visit.OpenAsync("/decisions");
        await visit.Page.ClickAsync("text=Verify the whole ledger");
        await Assertions.Expect(visit.Page.Locator(".notice")).ToContainTextAsync("The ledger is whole");
        await grid.CallAsync(HttpMethod.Post, "/v1/queue/resume", new { tenant = "acted" });
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Policy_is_checked_previewed_pushed_compared_and_rolled_back()
    {
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/policies/default");
        var text = await visit.Page.Locator("textarea[name=text]").InputValueAsync();
        await visit.OpenAsync("/policies");
        await visit.Page.ClickAsync("#new summary");
        await visit.Page.FillAsync("#new [name=name]", "written-here");
        await visit.Page.FillAsync("#new [name=text]", "policy: written-here\nno-such-key: 1\n");
        await visit.Page.ClickAsync("#new button[value=check]");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no-such-key");
        Assert.Equal("policy: written-here\nno-such-key: 1\n", await visit.Page.Locator("textarea[name=text]").InputValueAsync());

        text = text.Replace("policy: default", "policy: written-here", StringComparison.Ordinal);
        await visit.Page.FillAsync("textarea[name=text]", text);
        await visit.Page.ClickAsync("button[value=check]");
        await Assertions.Expect(visit.Page.Locator(".notice.done")).ToContainTextAsync("No mistakes");
        await visit.Page.ClickAsync("button[value=preview]");
        await Assertions.Expect(visit.Page.Locator("#h-preview")).ToContainTextAsync("outcomes from");
        await visit.Page.FillAsync("[name=reason]", "the first version");
        await visit.Page.ClickAsync("button[value=push]");
        await Assertions.Expect(visit.Page.Locator(".notice.done")).ToContainTextAsync("Version 1 of written-here is in force");

        await visit.Page.FillAsync("textarea[name=text]", text + "\n# changed here\n");
        await visit.Page.FillAsync("form[action$=draft] [name=reason]", "the second version");
        await visit.Page.ClickAsync("button[value=push]");
        await Assertions.Expect(visit.Page.Locator(".notice.done")).ToContainTextAsync("Version 2");
        await visit.Page.ClickAsync("text=with 1");
        await Assertions.Expect(visit.Page.Locator(".diff ins").Last).ToContainTextAsync("# changed here");
        await visit.ActAsync("rollback", "the first was better", ("version", "1"));
        await Assertions.Expect(visit.Page.Locator(".notice.done")).ToContainTextAsync("Version 1 of written-here is in force again");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Case_is_opened_noted_and_closed_and_a_finding_is_reported()
    {
        await grid.TenantAsync("looked-into");
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/cases");
        await visit.ActAsync("new", "odd mail on Monday", ("subject", "tenant/looked-into"));
        await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("Case ");
        await visit.ActAsync("note", "asked them for their list", ("kind", "note"));
        await Assertions.Expect(visit.Page.Locator("#h-file + ul")).ToContainTextAsync("asked them for their list");
        await visit.ActAsync("verdict", "they showed consent", ("verdict", "unfounded"));
        await Assertions.Expect(visit.Page.Locator(".title")).ToContainTextAsync("closed: unfounded");

        await visit.OpenAsync("/cases");
        await visit.ActAsync("finding", "seen in message 7", ("subject", "tenant/looked-into"), ("signal", "content.malware"));
        Assert.Contains("is reported", await visit.NoticeAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Sending_ip_is_added_changed_rested_and_returned()
    {
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/ips");
        await visit.ActAsync("new", "a further IP", ("ip", "127.0.0.9"), ("pool", "spare"), ("ehlo", "nine.example"));
        await visit.Page.WaitForURLAsync("**/ips/127.0.0.9");
        await visit.ActAsync("edit", "slower", ("maxRate", "30/min"));
        await visit.ActAsync("to-suspended", "it rests");
        await Assertions.Expect(visit.Page.Locator("#state")).ToContainTextAsync("suspended");
        await visit.ActAsync("to-active", "it is back");
        await Assertions.Expect(visit.Page.Locator("#state")).ToContainTextAsync("active");

        var ip = (await grid.CallAsync(HttpMethod.Get, "/v1/ips/127.0.0.9")).Json;
        Assert.Equal(("spare", "nine.example", "30/min", "active"), (ip["pool"]!.GetValue<string>(), ip["ehlo"]!.GetValue<string>(), ip["limits"]!["maxRate"]!.GetValue<string>(), ip["state"]!.GetValue<string>()));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Domain_is_limited_held_and_let_go_on()
    {
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/domains/limited.example");
        await visit.ActAsync("limits", "they asked for it", ("maxConnections", "3"), ("maxRate", "100/min"));
        await visit.ActAsync("to-suspended", "they are down");
        await Assertions.Expect(visit.Page.Locator("#state")).ToContainTextAsync("suspended");
        await visit.ActAsync("to-active", "they are back");
        await Assertions.Expect(visit.Page.Locator("#state")).ToContainTextAsync("active");

        var limits = (await grid.CallAsync(HttpMethod.Get, "/v1/domains/limited.example")).Json["limits"]!;
        Assert.Equal((3, "100/min"), (limits["maxConnections"]!.GetValue<int>(), limits["maxRate"]!.GetValue<string>()));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Report_is_read_without_effect_then_counted_and_a_reply_is_classified()
    {
        var key = await grid.TenantAsync("reported");
        var id = await grid.SendAsync("reported", key, "a@reported-r.example");
        await grid.UntilAsync("/v1/tenants/reported", tenant => tenant["counters"]!["delivered"]!.GetValue<int>() == 1);
        var report = $"""
            From: fbl@reported-r.example
            To: abuse@bounces.localhost
            Subject: complaint
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=feedback-report; boundary=b

            --b
            Content-Type: text/plain

            An abuse report.
            --b
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: test/1
            Version: 1
            Original-Rcpt-To: a@reported-r.example

            --b
            Content-Type: message/rfc822

            Message-ID: <{id}@reported.example>
            Subject: Hello

            Hello
            --b--
            """;
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/feedback");
        await visit.Page.FillAsync("[name=message]", report);
        await visit.Page.ClickAsync("button[value=read]");
        await Assertions.Expect(visit.Page.Locator(".notice")).ToContainTextAsync("Nothing was changed");
        await Assertions.Expect(visit.Page.Locator(".notice")).ToContainTextAsync("complaint");

        await visit.Page.FillAsync("[name=code]", "550");
        await visit.Page.FillAsync("[name=enhanced]", "5.1.1");
        await visit.Page.FillAsync("[name=text]", "user unknown");
        await visit.Page.ClickAsync("text=Classify >> nth=-1");
        await Assertions.Expect(visit.Page.Locator("dl.notice")).ToContainTextAsync("unknown user");

        await visit.Page.FillAsync("[name=message]", report);
        await visit.Page.FillAsync("[name=reason]", "from their feedback loop");
        await visit.Page.ClickAsync("button[value=count]");
        await Assertions.Expect(visit.Page.Locator(".notice")).ToContainTextAsync("It is counted");
        Assert.Empty(visit.Faults);
    }

    private async Task<JsonNode> TenantAsync(string id) => (await grid.CallAsync(HttpMethod.Get, "/v1/tenants/" + id)).Json;
}
