using Grid.Console.Tests.Beds;
using Microsoft.Playwright;

namespace Grid.Console.Tests.Browser;

/// <summary>Every page in a browser: it is whole, says nothing of errors, asks nobody else, and axe-core finds nothing serious.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class PagesTests(ConsoleGrid grid, Browsing browsing)
{
    internal static readonly string[] Paths =
    [
        "/", "/tenants", "/tenants?q=pages&state=active&policy=default", "/tenants/pages", "/tenants/pages/mail", "/tenants/pages/vetting", "/tenants/pages/scopes", "/tenants/pages/consents", "/tenants/pages/consents?q=a@pages-r.example",
        "/ips", "/ips/127.0.0.1", "/pools", "/pools?pool=default", "/domains", "/domains/pages-r.example", "/sites/{site}", "/queue", "/queue?tenant=pages", "/held", "/held/{held}", "/incidents", "/incidents/{incident}", "/platform",
        "/queue?tenant=pages&domain=dead.example", "/deliveries", "/back-off", "/limits", "/limits?ip=127.0.0.1&site=dead.example&tenant=pages", "/policies", "/policies/default", "/decisions", "/decisions?subject=tenant/pages",
        "/decisions/{decision}", "/cases", "/cases?state=closed", "/cases/{case}", "/abuse-desk", "/abuse-desk?state=all&source=form", "/abuse-desk/{report}", "/shaping", "/warm-up", "/warm-up?ip={warming}&site=here.example",
        "/feedback", "/grains", "/grains?grain=tenant/pages",
    ];

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Pages_are_whole_in_light_and_dark_wide_and_narrow(ColorScheme scheme, int width)
    {
        var scenery = await Scenery.SetAsync(grid, "pages");
        await using var visit = await browsing.VisitAsync(grid, width: width, scheme: scheme);
        var serious = new List<string>();
        foreach (var path in Paths.Select(scenery.At))
        {
            var response = await visit.OpenAsync(path);
            Assert.True(response.Status == 200, $"{path} answers {response.Status}");
            Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());
            Assert.Equal(1, await visit.Page.Locator("main").CountAsync());
            Assert.True(await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{path} is wider than {width} px");
            serious.AddRange(await visit.SeriousAsync());
        }

        Assert.Empty(serious);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public void Every_page_is_among_those_that_are_opened() =>
        Assert.DoesNotContain(ConsoleMap.Pages(grid), page => page != "/own" && !Paths.Any(path => ConsoleMap.Fits(page, path)));

    [Fact]
    public async Task Sign_in_page_is_whole_and_works_from_the_keyboard()
    {
        await using var visit = await browsing.VisitAsync(grid, key: null);
        await visit.OpenAsync("/tenants?q=x");
        Assert.Empty(await visit.SeriousAsync());

        await Assertions.Expect(visit.Page.Locator("#key")).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("wrong-key-of-enough-length");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("opens nothing");
        await Assertions.Expect(visit.Page.Locator("#key")).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync(ConsoleGrid.ReadOnlyKey);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/tenants?q=x");
        await Assertions.Expect(visit.Page.Locator(".who")).ToHaveTextAsync("Read-only");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Skip_link_is_the_first_stop_and_leads_to_the_content()
    {
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/tenants");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("#main", await visit.Page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
        await visit.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("main", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task Theme_is_chosen_and_kept()
    {
        await using var visit = await browsing.VisitAsync(grid, scheme: ColorScheme.Dark);
        var paper = () => visit.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
        await visit.OpenAsync("/");
        var dark = await paper();
        await visit.Page.ClickAsync("#theme");
        var light = await paper();
        await visit.OpenAsync("/tenants");

        Assert.NotEqual(dark, light);
        Assert.Equal(light, await paper());
        Assert.Equal("Theme: light", await visit.Page.InnerTextAsync("#theme"));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Page_stays_live_and_leaves_alone_what_is_being_filled_in()
    {
        await grid.TenantAsync("lively");
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/tenants/lively");
        var form = visit.Page.Locator("#to-terminated");
        await form.Locator("summary").ClickAsync();
        await form.Locator("[name=reason]").FillAsync("half a sen");

        await grid.CallAsync(HttpMethod.Post, "/v1/tenants/lively/state", new { state = "suspended", reason = "seen without a reload" });

        await Assertions.Expect(visit.Page.Locator("#standing")).ToContainTextAsync("seen without a reload", new() { Timeout = 30_000 });
        await Assertions.Expect(visit.Page.Locator("#state")).ToContainTextAsync("suspended");
        Assert.Equal("half a sen", await form.Locator("[name=reason]").InputValueAsync());
        await visit.Page.ClickAsync("#live");
        await Assertions.Expect(visit.Page.Locator("#live")).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Page_whose_session_has_ended_leads_to_the_sign_in_by_itself()
    {
        await using var visit = await browsing.VisitAsync(grid);
        await visit.OpenAsync("/");
        await visit.Page.Context.ClearCookiesAsync();

        await visit.Page.WaitForURLAsync("**/sign-in?to=%2F", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task Unknown_subjects_answer_404_on_a_page()
    {
        await using var visit = await browsing.VisitAsync(grid);
        foreach (var path in (string[])["/tenants/nobody", "/ips/192.0.2.99", "/ips/nonsense", "/domains/not%20a%20domain", "/policies/none", "/decisions/none", "/cases/none", "/abuse-desk/none", "/tenants/nobody/mail", "/tenants/nobody/vetting", "/tenants/nobody/scopes", "/tenants/nobody/consents", "/held/none", "/incidents/none", "/grains?grain=tenant/nobody"])
        {
            var response = await visit.OpenAsync(path);
            Assert.True(response.Status == 404, $"{path} answers {response.Status}");
            Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());
        }
    }
}
