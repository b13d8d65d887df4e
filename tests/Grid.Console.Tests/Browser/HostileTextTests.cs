using Grid.Console.Tests.Beds;

namespace Grid.Console.Tests.Browser;

/// <summary>Text from outside that would do something if a page let it: it is shown, and nothing else.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed class HostileTextTests(ConsoleGrid grid, Browsing browsing)
{
    private static readonly string[] Texts =
    [
        "<script>window.executed=1</script>", "\"><img src=x onerror=window.executed=2>", "'><svg onload=window.executed=3>", "</textarea><script>window.executed=4</script>", "</title><script>window.executed=5</script>",
        "javascript:window.executed=6", "{{constructor.constructor('window.executed=7')()}}", "<!--<script>window.executed=8</script>-->", "]]><script>window.executed=9</script>",
        "<style>*{display:none}</style>", "<meta http-equiv=refresh content=0;url=https://evil.example>", "<base href=https://evil.example/>", "<iframe srcdoc='<script>parent.executed=10</script>'>", "&lt;script&gt;", "\u202Egnp.exe", "a\u2028b", "%3Cscript%3E",
    ];

    [Fact]
    public async Task Hostile_strings_are_shown_and_execute_nothing()
    {
        for (var i = 0; i < Texts.Length; i++)
        {
            var put = await grid.CallAsync(HttpMethod.Put, $"/v1/tenants/hostile-{i}", new
            {
                name = Texts[i],
                policy = "default",
                sendingDomains = new[] { "hostile.example" },
                profile = new { company = Texts[i], postalAddress = Texts[i], website = Texts[i], contactEmail = Texts[i], country = Texts[i] },
            });
            Assert.True((int)put.Status is 200 or 201 or 422, $"{(int)put.Status}");
            await grid.CallAsync(HttpMethod.Post, $"/v1/tenants/hostile-{i}/state", new { state = "warned", reason = Texts[i] });
        }

        await using var visit = await browsing.VisitAsync(grid);
        var shown = 0;
        string[] pages = ["/", "/tenants?q=hostile", "/decisions", "/grains?grain=tenant/hostile-0", .. Enumerable.Range(0, Texts.Length).Select(i => $"/tenants/hostile-{i}")];
        foreach (var path in pages)
        {
            await visit.OpenAsync(path);
            shown += (await visit.Page.InnerTextAsync("main")).Contains("executed", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(shown >= 10, $"only {shown} pages show any of it");
        await NothingHappenedAsync(visit);
    }

    [Theory]
    [InlineData("marked", "\"'></textarea></title><script>window.executed=1</script><img src=x onerror=window.executed=2>")]
    [InlineData("scripted", "<svg onload=window.executed=3>{{constructor.constructor('window.executed=4')()}}\u202E<base href=https://evil.example>")]
    public async Task Hostile_strings_in_all_that_comes_from_outside_execute_nothing_on_any_page(string tenant, string text)
    {
        var scenery = await Scenery.SetAsync(grid, tenant, text);
        await using var visit = await browsing.VisitAsync(grid);
        var shown = 0;
        foreach (var path in PagesTests.Paths.Select(path => scenery.At(path.Replace("pages", tenant, StringComparison.Ordinal))))
        {
            Assert.Equal(200, (await visit.OpenAsync(path)).Status);
            Assert.Null(await visit.Page.EvaluateAsync<object?>("window.executed ?? null"));
            shown += (await visit.Page.InnerTextAsync("main")).Contains("window.executed=", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(shown >= 12, $"only {shown} pages show any of it");
        await using var own = await browsing.VisitAsync(grid, scenery.Key);
        Assert.Null(await own.Page.EvaluateAsync<object?>("window.executed ?? null"));
        await NothingHappenedAsync(own);
        await NothingHappenedAsync(visit);
    }

    [Fact]
    public async Task What_turns_the_direction_of_writing_is_written_out()
    {
        const string Name = "\u202Eecruos detsurt\u2066\u200F";
        await grid.CallAsync(HttpMethod.Put, "/v1/tenants/turned", new { name = Name, policy = "default", sendingDomains = new[] { "turned.example" } });
        await using var visit = await browsing.VisitAsync(grid);

        await visit.OpenAsync("/tenants/turned");

        var text = await visit.Page.InnerTextAsync("body");
        Assert.Contains(@"\u202eecruos detsurt\u2066\u200f", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', text);
    }

    [Fact]
    public async Task Hostile_strings_in_addresses_and_forms_execute_nothing()
    {
        await using var visit = await browsing.VisitAsync(grid);
        foreach (var text in Texts)
        {
            var escaped = Uri.EscapeDataString(text);
            foreach (var path in (string[])
            [
                "/tenants?q=", "/tenants?state=", "/tenants?policy=", "/tenants?page=", "/tenants/", "/ips?q=", "/ips/", "/domains?q=", "/domains/", "/sites/", "/queue?tenant=", "/queue?domain=", "/queue?q=", "/decisions?subject=", "/decisions?before=",
                "/limits?ip=127.0.0.1&site=", "/limits?site=x&ip=", "/limits?ip=127.0.0.1&site=dead.example&tenant=", "/policies/", "/cases/", "/cases?subject=", "/decisions/", "/held/", "/held?tenant=", "/incidents/", "/incidents?subject=", "/pools?pool=", "/warm-up?ip=", "/warm-up?ip=127.0.0.70&site=", "/abuse-desk/", "/tenants/nobody/consents?q=", "/platform?after=", "/grains?grain=", "/grains?sort=",
            ])
            {
                if (!(path.EndsWith('/') && text.Contains('/')))
                {
                    await visit.OpenAsync(path + escaped);
                    Assert.Null(await visit.Page.EvaluateAsync<object?>("window.executed ?? null"));
                }
            }
        }

        foreach (var text in Texts.Take(5))
        {
            await visit.OpenAsync("/feedback");
            await visit.Page.FillAsync("[name=code]", "550");
            await visit.Page.FillAsync("[name=text]", text);
            await visit.Page.ClickAsync("text=Classify >> nth=-1");
            await visit.Page.FillAsync("[name=message]", $"From: {text}\nSubject: {text}\n\n{text}\n");
            await visit.Page.ClickAsync("button[value=read]");
            Assert.Null(await visit.Page.EvaluateAsync<object?>("window.executed ?? null"));
        }

        await NothingHappenedAsync(visit);
    }

    private static async Task NothingHappenedAsync(Visit visit)
    {
        Assert.Null(await visit.Page.EvaluateAsync<object?>("window.executed ?? null"));
        Assert.Empty(visit.Asked);
        Assert.Empty(visit.Faults);
    }
}
