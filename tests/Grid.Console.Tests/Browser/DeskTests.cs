using Grid.Console.Tests.Beds;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Console.Tests.Browser;

/// <summary>The pages about abuse reports, signing keys, warm-up and shaping, in a browser.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class DeskTests(ConsoleGrid grid, Browsing browsing)
{
    [Fact]
    public async Task Abuse_report_is_read_and_decided()
    {
        await grid.Services.GetRequiredService<IAbuseReports>().AddAsync(new()
        {
            At = DateTimeOffset.UnixEpoch.AddYears(56),
            Source = AbuseSource.Form,
            Sender = "news@desk.example",
            Evidence = "From: news@desk.example\r\nSubject: <script>window.executed=1</script>\r\n\r\nBuy now\r\n"u8.ToArray(),
        });
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/abuse-desk");
        await visit.Page.ClickAsync("#list tbody tr:first-child a");
        Assert.Contains("Buy now", await visit.Page.InnerTextAsync("pre"), StringComparison.Ordinal);
        await visit.ActAsync("verdict", "asked the tenant to stop", ("verdict", "spam"));

        Assert.Contains("closed as spam", await visit.NoticeAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain((await grid.CallAsync(HttpMethod.Get, "/v1/abuse?open=true")).Json["cases"]!.AsArray(), report => report!["sender"]?.GetValue<string>() == "news@desk.example");
        Assert.Null(await visit.Page.EvaluateAsync<int?>("window.executed ?? null"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Signing_key_is_made_shown_with_its_record_and_removed()
    {
        await grid.TenantAsync("signed");
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/tenants/signed/mail");
        await visit.ActAsync("make-signed.example");
        var key = (await grid.CallAsync(HttpMethod.Get, "/v1/tenants/signed/domains")).Json["domains"]![0]!["keys"]![0]!;
        var selector = key["selector"]!.GetValue<string>();
        Assert.Contains(key["record"]!["value"]!.GetValue<string>(), await visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);

        await visit.ActAsync($"key-signed.example-{selector}", fields: ("act", "remove"));

        Assert.Contains("The key is gone", await visit.NoticeAsync(), StringComparison.Ordinal);
        Assert.Empty((await grid.CallAsync(HttpMethod.Get, "/v1/tenants/signed/domains")).Json["domains"]![0]!["keys"]!.AsArray());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Warm_up_plan_is_made_and_an_ip_put_on_it_keeps_it_when_edited()
    {
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/warm-up");
        await visit.ActAsync("plan", "gently", ("plan", "gentle"), ("days", "50 25\n100 50\n200"));
        Assert.Contains("gentle", await visit.Page.InnerTextAsync("#h-plans + .scroll"), StringComparison.Ordinal);
        await visit.OpenAsync("/ips");
        await visit.ActAsync("new", "a new one", ("ip", "127.0.0.9"), ("pool", "warming"), ("plan", "gentle"));
        await visit.OpenAsync("/ips/127.0.0.9");
        await visit.ActAsync("edit", "another name", ("ehlo", "nine.example"));

        var ip = (await grid.CallAsync(HttpMethod.Get, "/v1/ips/127.0.0.9")).Json;
        Assert.Equal(("nine.example", "gentle", 3), (ip["ehlo"]!.GetValue<string>(), ip["warmup"]!["plan"]!.GetValue<string>(), ip["warmup"]!["days"]!.GetValue<int>()));
        await visit.OpenAsync("/warm-up");
        Assert.Contains("127.0.0.9", await visit.Page.InnerTextAsync("#ips"), StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Shaping_is_pushed_and_a_mistake_is_named_beside_the_text()
    {
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/shaping");
        var text = await visit.Page.InputValueAsync("[name=text]");
        await visit.Page.FillAsync("[name=text]", text.Replace("profiles:", "profilez:", StringComparison.Ordinal));
        await visit.Page.FillAsync("[name=reason]", "a mistake");
        await visit.Page.ClickAsync("main form button[type=submit]");
        Assert.Contains("Refused", await visit.NoticeAsync(), StringComparison.Ordinal);
        Assert.Contains("profilez:", await visit.Page.InputValueAsync("[name=text]"), StringComparison.Ordinal);

        await visit.Page.FillAsync("[name=text]", text);
        await visit.Page.FillAsync("[name=reason]", "as it was");
        await visit.Page.ClickAsync("main form button[type=submit]");

        Assert.Contains("in force", await visit.NoticeAsync(), StringComparison.Ordinal);
        Assert.True((await grid.CallAsync(HttpMethod.Get, "/v1/shaping")).Json["version"]!.GetValue<int>() > 0);
        Assert.Empty(visit.Faults);
    }
}
