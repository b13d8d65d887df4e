using System.Net;
using System.Text.Json.Nodes;
using Grid.Console.Tests.Beds;
using Microsoft.Playwright;

namespace Grid.Console.Tests.Browser;

/// <summary>A tenant that signs in with its own key.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class OwnPageTests(ConsoleGrid grid, Browsing browsing)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Own_page_is_whole_and_shows_where_the_tenant_stands(ColorScheme scheme, int width)
    {
        var key = await grid.TenantAsync("stands");
        await grid.CallAsync(HttpMethod.Post, "/v1/tenants/stands/state", new { state = "warned", reason = "shown to <b>whom</b> it concerns" });
        await using var visit = await browsing.VisitAsync(grid, key, width, scheme);

        Assert.EndsWith("/own", visit.Page.Url, StringComparison.Ordinal);
        Assert.Contains("warned", await visit.Page.InnerTextAsync("#state"), StringComparison.Ordinal);
        Assert.Contains("shown to <b>whom</b> it concerns", await visit.Page.InnerTextAsync("#h-notices + ul"), StringComparison.Ordinal);
        Assert.Contains("stands.example", await visit.Page.InnerTextAsync("#h-domains + .scroll"), StringComparison.Ordinal);
        Assert.Equal(1, await visit.Page.Locator("[name=prevention]").CountAsync());
        Assert.True(await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
        Assert.Empty(await visit.SeriousAsync());
        Assert.Empty(visit.Faults);
        await grid.CallAsync(HttpMethod.Post, "/v1/tenants/stands/state", new { state = "active", reason = "again" });
    }

    [Fact]
    public async Task Tenant_sends_a_test_sets_up_a_webhook_and_suppresses_an_address()
    {
        var key = await grid.TenantAsync("busy");
        await using var visit = await browsing.VisitAsync(grid, key);

        await visit.Page.ClickAsync("form[action='/own/test'] button");
        Assert.Contains("on its way", await visit.NoticeAsync(), StringComparison.Ordinal);
        await visit.ActAsync("suppress", null, ("address", "no@client.example"));
        Assert.Contains("no@client.example", await visit.Page.InnerTextAsync("#h-suppressed + .scroll"), StringComparison.Ordinal);
        await visit.ActAsync("hook", null, ("name", "inward"), ("url", "https://127.0.0.1/hook"));
        Assert.Contains("Refused", await visit.NoticeAsync(), StringComparison.Ordinal);
        await visit.ActAsync("make-busy.example", null);
        Assert.Contains("_domainkey.busy.example", await visit.Page.InnerTextAsync("#h-domains + .scroll"), StringComparison.Ordinal);

        Assert.Equal(["no@client.example"], (await grid.CallAsync(HttpMethod.Get, "/v1/suppressions", key: key)).Json["suppressions"]!.AsArray().Select(entry => entry!["address"]!.GetValue<string>()));
        await grid.UntilAsync("/v1/tenants/busy", json => json["counters"]!["delivered"]!.GetValue<int>() == 0);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Tenant_appeals_and_the_operator_has_a_case()
    {
        var key = await grid.TenantAsync("appeals");
        await grid.CallAsync(HttpMethod.Post, "/v1/tenants/appeals/state", new { state = "suspended", reason = "to be appealed against" });
        await using var visit = await browsing.VisitAsync(grid, key);
        foreach (var field in (string[])["cause", "fixes", "prevention"])
        {
            await visit.Page.FillAsync($"[name={field}]", $"the {field}");
        }

        await visit.Page.ClickAsync("form[action='/own/appeal'] button");

        Assert.Contains("with the operator", await visit.NoticeAsync(), StringComparison.Ordinal);
        Assert.NotEmpty((await grid.CallAsync(HttpMethod.Get, "/v1/cases?subject=tenant/appeals")).Json["cases"]!.AsArray());
        Assert.Empty(visit.Faults);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/tenants")]
    [InlineData("/tenants/other")]
    [InlineData("/ips")]
    [InlineData("/decisions")]
    [InlineData("/queue")]
    public async Task Pages_of_the_operator_are_not_a_tenants(string path)
    {
        var cookie = await grid.SignInAsync(await grid.TenantAsync("curious"));

        using var page = await grid.GetAsync(path, cookie);

        Assert.Equal((HttpStatusCode.Found, "/own"), (page.StatusCode, page.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Acts_of_the_operator_are_not_a_tenants()
    {
        var cookie = await grid.SignInAsync(await grid.TenantAsync("forger"));
        var token = await OwnTokenAsync(cookie);
        await grid.TenantAsync("victim");

        using var answer = await grid.PostAsync("/tenants/victim/state", cookie, ("state", "terminated"), ("reason", "x"), ("_token", token));

        Assert.Equal("/own", answer.Headers.Location!.ToString());
        Assert.Equal("active", (await grid.CallAsync(HttpMethod.Get, "/v1/tenants/victim")).Json["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Session_ends_with_its_key_and_needs_its_own_token()
    {
        var key = await grid.TenantAsync("revoked");
        var cookie = await grid.SignInAsync(key);
        using (var forged = await grid.PostAsync("/own/suppressions", cookie, ("address", "a@client.example")))
        {
            Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await grid.CallAsync(HttpMethod.Delete, $"/v1/tenants/revoked/keys/{key.Split('_')[1]}")).Status);

        using var page = await grid.GetAsync("/own", cookie);
        Assert.StartsWith("/sign-in", page.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operator_has_no_own_page()
    {
        using var page = await grid.GetAsync("/own", await grid.SignInAsync(ConsoleGrid.OperatorKey));

        Assert.Equal("/", page.Headers.Location!.ToString());
    }

    private async Task<string> OwnTokenAsync(string cookie)
    {
        using var page = await grid.GetAsync("/own", cookie);
        var html = await page.Content.ReadAsStringAsync();
        const string Before = "name=\"_token\" value=\"";
        var begin = html.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return html[begin..html.IndexOf('"', begin)];
    }
}
