using System.Net;
using System.Text;

namespace Grid.Host.Tests.Whole;

/// <summary>Requests that nobody in good faith sends: each is refused for what it is, none is a fault of ours.</summary>
public sealed class HostileRequestTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly string NoTenant = new('x', 3000);

    public static TheoryData<string, string, string?> OfNoTenant() => new()
    {
        { "GET", "domains", null },
        { "GET", "domains/x.example", null },
        { "GET", "domains/x.example/alignment", null },
        { "POST", "domains/x.example/keys", "{}" },
        { "POST", "domains/x.example/keys/g1/check", null },
        { "POST", "domains/x.example/keys/g1/state", """{"state":"active"}""" },
        { "DELETE", "domains/x.example/keys/g1", null },
        { "GET", "vetting", null },
        { "PUT", "vetting", """{"legalType":"company"}""" },
        { "POST", "vetting/acceptance", """{"person":"Ann"}""" },
        { "POST", "vetting/attestations", """{"person":"Ann","regimes":["gdpr"]}""" },
        { "POST", "vetting/addresses", """{"address":"a@b.example"}""" },
        { "POST", "vetting/domains/x.example/check", null },
        { "GET", "scopes", null },
        { "GET", "overrides", null },
        { "GET", "children", null },
        { "GET", "keys", null },
        { "GET", "webhooks", null },
        { "GET", "billing", null },
        { "GET", "compliance", null },
        { "GET", "series", null },
    };

    [Theory]
    [MemberData(nameof(OfNoTenant))]
    public async Task A_name_too_long_for_a_tenant_is_refused(string method, string path, string? body)
    {
        var answer = await host.CallAsync(new(method), $"/v1/tenants/{NoTenant}/{path}", Json(body));

        Assert.InRange((int)answer.Status, 400, 499);
        Assert.Equal("application/problem+json", answer.MediaType);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:30:00-14:00")]
    [InlineData("9999-12-31T23:59:59.9999999-14:00")]
    public async Task A_time_at_the_end_of_the_calendar_is_no_fault_of_ours(string at)
    {
        var key = await host.TenantAsync("edge" + at.Length);
        var hook = await host.CallAsync(HttpMethod.Put, "/v1/webhooks/hook", new { url = "https://hooks.example/x" }, key);
        Assert.Equal(HttpStatusCode.Created, hook.Status);

        Assert.InRange((int)(await host.CallAsync(HttpMethod.Post, "/v1/webhooks/hook/replay", new { from = at }, key)).Status, 200, 499);
        Assert.InRange((int)(await host.CallAsync(HttpMethod.Post, $"/v1/policies/p/preview?to={Uri.EscapeDataString(at)}", new { })).Status, 400, 499);
        Assert.InRange((int)(await host.CallAsync(HttpMethod.Post, $"/v1/policies/p/preview?from={Uri.EscapeDataString(at)}", new { })).Status, 400, 499);
    }

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"messages":[{"\ud800":1}],"\udfff":[]}""")]
    public async Task A_batch_of_no_valid_Unicode_is_refused(string json)
    {
        var key = await host.TenantAsync("unicode" + json.Length);

        Assert.Equal(HttpStatusCode.BadRequest, (await host.CallAsync(HttpMethod.Post, "/v1/messages/batch", Json(json), key)).Status);
    }

    [Theory]
    [InlineData("/metrics", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/schemas/policy.json", 200)]
    [InlineData("/v1/tenants", 200)]
    [InlineData("/v1/policies/default", 200)]
    [InlineData("/v1/tenants/nobody", 404)]
    [InlineData("/nothing", 404)]
    [InlineData("/v1/policies/default/preview", 405)]
    [InlineData("/u/nothing", 404)]
    [InlineData("/abuse", 200)]
    [InlineData("/sign-in", 200)]
    public async Task No_answer_is_run_framed_or_taken_for_another_type(string path, int status)
    {
        var answer = await host.CallAsync(HttpMethod.Get, path);

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_belongs_to_one_tenant_never_to_all()
    {
        const string Everyone = "/v1/tenants/*/consents";

        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Post, $"{Everyone}/a@b.example/confirmation", new { from = "a@b.example" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Put, $"{Everyone}/a@b.example", new { method = "web-form", at = "2026-01-01T00:00:00Z" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, Everyone)).Status);
    }

    private static StringContent? Json(string? json) => json is null ? null : new(json, Encoding.UTF8, "application/json");
}
