using System.Net;
using Grid.Console.Tests.Beds;
using Grid.Host.Console.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Console.Tests.Access;

[Collection(nameof(ConsoleCollection))]
public sealed class ConsoleGateTests(ConsoleGrid grid)
{
    /// <summary>Every path of the console, as it is mapped.</summary>
    private IEnumerable<RouteEndpoint> Pages => grid.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().DistinctBy(endpoint => endpoint)
        .Where(endpoint => endpoint.RoutePattern.RawText is { } path && !path.StartsWith("/v", StringComparison.Ordinal) && IsOurs(path));

    private static bool IsOurs(string path) => path is "/" or "/sign-out" || ((string[])["/tenants", "/ips", "/domains", "/sites", "/queue", "/deliveries", "/back-off", "/limits", "/policies", "/decisions", "/cases", "/findings", "/feedback", "/grains", "/abuse-desk", "/shaping", "/warm-up", "/own"]).Any(start => path == start || path.StartsWith(start + "/", StringComparison.Ordinal));

    [Fact]
    public async Task Pages_without_a_session_lead_to_the_sign_in()
    {
        var checkedPages = 0;
        foreach (var page in Pages)
        {
            var path = page.RoutePattern.RawText!.Replace("{id}", "x", StringComparison.Ordinal).Replace("{name}", "x", StringComparison.Ordinal);
            var isPost = page.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods.Contains("POST");
            using var response = isPost ? await grid.PostAsync(path, "__Host-grid=" + new string('x', 43), ("reason", "x")) : await grid.GetAsync(path, "__Host-grid=" + new string('x', 43));
            Assert.True(response.StatusCode == HttpStatusCode.Found, $"{path} answers {(int)response.StatusCode}");
            Assert.StartsWith("/sign-in", response.Headers.Location!.ToString(), StringComparison.Ordinal);
            checkedPages++;
        }

        Assert.True(checkedPages > 25, $"only {checkedPages} pages");
    }

    [Fact]
    public async Task Page_fetched_live_without_a_session_answers_401()
    {
        using var response = await grid.GetAsync("/tenants", null, (ConsoleGate.LiveHeader, "1"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Page_says_what_the_browser_may_do()
    {
        using var response = await grid.GetAsync("/", await grid.SignInAsync(ConsoleGrid.OperatorKey));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        var html = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("style=\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_in_sets_a_cookie_that_only_this_host_gets()
    {
        using var response = await grid.PostAsync("/sign-in", null, ("key", ConsoleGrid.OperatorKey), ("to", "/queue?q=x"));

        Assert.Equal("/queue?q=x", response.Headers.Location!.ToString());
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("__Host-grid=", cookie, StringComparison.Ordinal);
        Assert.All((string[])["path=/", "secure", "samesite=strict", "httponly"], word => Assert.Contains(word, cookie, StringComparison.Ordinal));
        Assert.DoesNotContain("domain", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(ConsoleGrid.OperatorKey, cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong-key-of-enough-length", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData("gk_0123456789abcdef_wrong-but-of-the-right-shape", HttpStatusCode.Unauthorized)]
    public async Task Sign_in_with_another_key_is_refused(string key, HttpStatusCode expected)
    {
        using var response = await grid.PostAsync("/sign-in", null, ("key", key));

        Assert.Equal(expected, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Sign_in_with_a_tenants_key_leads_to_its_own_page_whatever_was_asked_for()
    {
        var cookie = await grid.SignInAsync(await grid.TenantAsync("not-an-operator"));

        using var response = await grid.GetAsync("/tenants?q=a", cookie);

        Assert.Equal("/own", response.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/tenants?q=a%20b", "/tenants?q=a%20b")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/a\r\nSet-Cookie: x=y", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Local_leads_nowhere_else(string? target, string expected) => Assert.Equal(expected, SignInPages.Local(target));

    [Fact]
    public async Task Post_without_the_sessions_token_does_nothing()
    {
        await grid.TenantAsync("unforged");
        var (one, other) = (await grid.SignInAsync(ConsoleGrid.OperatorKey), await grid.SignInAsync(ConsoleGrid.OperatorKey));
        foreach (var token in (string[])["", "wrong", await grid.TokenAsync(other)])
        {
            using var response = await grid.PostAsync("/tenants/unforged/state", one, ("state", "suspended"), ("reason", "x"), ("_token", token));
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        Assert.Equal("active", (await grid.CallAsync(HttpMethod.Get, "/v1/tenants/unforged")).Json["state"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.Found)]
    public async Task Post_from_another_site_does_nothing(string site, HttpStatusCode expected)
    {
        var id = "fetch-" + site;
        await grid.TenantAsync(id);
        var cookie = await grid.SignInAsync(ConsoleGrid.OperatorKey);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/tenants/{id}/state")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["state"] = "suspended", ["reason"] = "x", ["_token"] = await grid.TokenAsync(cookie) }),
        };
        using var response = await grid.SendAsync(request, cookie, [("Sec-Fetch-Site", site)]);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.Found ? "suspended" : "active", (await grid.CallAsync(HttpMethod.Get, $"/v1/tenants/{id}")).Json["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Post_without_a_reason_does_nothing_and_says_so()
    {
        await grid.TenantAsync("unreasoned");
        var cookie = await grid.SignInAsync(ConsoleGrid.OperatorKey);
        using var response = await grid.PostFromPageAsync("/tenants/unreasoned/keys", cookie, ("reason", "  "));
        using var page = await grid.GetAsync(response.Headers.Location!.ToString(), cookie);

        Assert.Contains("needs a reason", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single((await grid.CallAsync(HttpMethod.Get, "/v1/tenants/unreasoned/keys")).Json["keys"]!.AsArray());
    }

    [Fact]
    public async Task Form_that_is_too_large_is_refused()
    {
        var cookie = await grid.SignInAsync(ConsoleGrid.OperatorKey);
        using var response = await grid.PostFromPageAsync("/feedback/report", cookie, ("message", new string('x', ConsoleGate.MaxFormBytes)));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Reader_sees_every_page_and_changes_nothing()
    {
        await grid.TenantAsync("looked-at");
        var cookie = await grid.SignInAsync(ConsoleGrid.ReadOnlyKey);
        foreach (var path in (string[])["/", "/tenants", "/tenants/looked-at", "/ips", "/ips/127.0.0.1", "/domains", "/queue", "/policies", "/decisions", "/feedback", "/grains"])
        {
            using var page = await grid.GetAsync(path, cookie);
            Assert.True(page.StatusCode == HttpStatusCode.OK, $"{path} answers {(int)page.StatusCode}");
            Assert.DoesNotContain("name=\"reason\" rows=\"2\" maxlength=\"1000\" required", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var refused = await grid.PostFromPageAsync("/tenants/looked-at/state", cookie, ("state", "suspended"), ("reason", "x"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("active", (await grid.CallAsync(HttpMethod.Get, "/v1/tenants/looked-at")).Json["state"]!.GetValue<string>());
        using var classified = await grid.PostFromPageAsync("/feedback/classify", cookie, ("code", "550"), ("text", "user unknown"));
        Assert.Equal(HttpStatusCode.OK, classified.StatusCode);
        using var counted = await grid.PostFromPageAsync("/feedback/report", cookie, ("message", "x"), ("act", "count"), ("reason", "x"));
        Assert.Equal(HttpStatusCode.Forbidden, counted.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/tenants", HttpStatusCode.OK)]
    [InlineData("GET", "/v1/queue", HttpStatusCode.OK)]
    [InlineData("GET", "/v1/events", HttpStatusCode.Forbidden)]
    [InlineData("PUT", "/v1/tenants/by-reader", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/v1/queue/cancel", HttpStatusCode.Forbidden)]
    [InlineData("DELETE", "/v1/tenants/x/keys/y", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/v1/classify", HttpStatusCode.OK)]
    public async Task Read_only_key_reads_over_the_api_as_well(string method, string path, HttpStatusCode expected)
    {
        var (status, _) = await grid.CallAsync(new(method), path, method == "GET" ? null : new { code = 550, text = "user unknown" }, ConsoleGrid.ReadOnlyKey);

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Sign_out_ends_the_session()
    {
        var cookie = await grid.SignInAsync(ConsoleGrid.ReadOnlyKey);
        using var left = await grid.PostFromPageAsync("/sign-out", cookie);
        using var page = await grid.GetAsync("/", cookie);

        Assert.Equal("/sign-in", left.Headers.Location!.ToString());
        Assert.Contains("expires=Thu, 01 Jan 1970", left.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
    }

    [Fact]
    public async Task Assets_are_kept_by_their_hash_and_asked_for_again_by_another()
    {
        using var page = await grid.GetAsync("/sign-in");
        var html = await page.Content.ReadAsStringAsync();
        var url = html.Split('"').First(part => part.EndsWith("console.css", StringComparison.Ordinal));
        using var right = await grid.GetAsync(url);
        using var wrong = await grid.GetAsync("/assets/0000000000000000/console.css");
        using var none = await grid.GetAsync("/assets/0000000000000000/..%2Fgrid.json");

        Assert.Equal(("text/css", "public, max-age=31536000, immutable"), (right.Content.Headers.ContentType!.MediaType, right.Headers.CacheControl!.ToString()));
        Assert.Equal("no-cache", wrong.Headers.CacheControl!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }
}
