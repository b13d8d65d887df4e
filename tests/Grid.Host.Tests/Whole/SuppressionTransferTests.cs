using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Grid.Host.Tests.Whole;

public sealed class SuppressionTransferTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Csv = "text/csv";
    private const string Ndjson = "application/x-ndjson";

    [Fact]
    public async Task Import_of_csv_takes_good_lines_and_names_the_bad()
    {
        var key = await host.TenantAsync("csv");
        const string lines = "\uFEFFReason,Address,Detail,at\r\ncomplaint,ANN@im-r.example,\"said, \"\"no\"\"\",2025-01-02T03:04:05Z\r\n,bob@im-r.example\r\n\r\nunsubscribe,carl@im-r.example\r\n"
            + "boredom,dora@im-r.example\r\nmanual,nobody\r\n\"x,y\r\ncomplaint,eve@im-r.example,,2999-01-01T00:00:00Z";

        var answer = (await host.CallAsync(HttpMethod.Post, "/v1/suppressions/import", Body(lines, Csv), key)).Json;

        Assert.Equal((3, 4), (answer["imported"]!.GetValue<int>(), answer["refused"]!.GetValue<int>()));
        Assert.Equal(["line 6", "line 7", "line 8", "line 9"], answer["errors"]!.AsArray().Select(error => error!["field"]!.GetValue<string>()));
        var list = await ListAsync("/v1/suppressions", key);
        Assert.Equal(
            ["ann@im-r.example complaint all tenant 2025-01-02T03:04:05+00:00 said, \"no\"", "bob@im-r.example manual all tenant", "carl@im-r.example unsubscribe bulk tenant"],
            list.Select(entry => Show(entry, withAt: Text(entry, "address") == "ann@im-r.example")));
    }

    [Fact]
    public async Task Export_of_either_form_is_what_an_import_takes()
    {
        var (from, to) = (await host.TenantAsync("exporter"), await host.TenantAsync("importer"));
        var lines = string.Join('\n', Enumerable.Range(0, 2345).Select(i => $$"""{"address":"u{{i}}@ex-r.example","reason":"{{(i % 2 == 0 ? "complaint" : "unsubscribe")}}","detail":"a, \"b\" ü{{i}}"}"""));
        Assert.Equal(2345, (await host.CallAsync(HttpMethod.Post, "/v1/suppressions/import", Body(lines, Ndjson), from)).Json["imported"]!.GetValue<int>());

        foreach (var (format, type) in ((string, string)[])[("csv", Csv), ("ndjson", Ndjson)])
        {
            var exported = await host.CallAsync(HttpMethod.Get, $"/v1/suppressions/export?format={format}", key: from);
            Assert.Equal((HttpStatusCode.OK, type), (exported.Status, exported.MediaType));
            var imported = (await host.CallAsync(HttpMethod.Post, "/v1/suppressions/import", Body(exported.Text, type), to)).Json;
            Assert.Equal((2345, 0), (imported["imported"]!.GetValue<int>(), imported["refused"]!.GetValue<int>()));
            Assert.Equal(exported.Text, (await host.CallAsync(HttpMethod.Get, $"/v1/suppressions/export?format={format}", key: to)).Text);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await host.CallAsync(HttpMethod.Get, "/v1/suppressions/export?format=xml", key: from)).Status);
    }

    [Theory]
    [InlineData(Csv, "müller@la-r.example,complaint\nb@la-r.example,complaint\n")]
    [InlineData(Ndjson, "{\"address\":\"müller@la-r.example\",\"reason\":\"complaint\"}\n{\"address\":\"b@la-r.example\",\"reason\":\"complaint\"}\n")]
    public async Task Import_of_what_is_not_UTF8_suppresses_no_other_address(string type, string lines)
    {
        var key = await host.TenantAsync(type == Csv ? "latin-csv" : "latin-json");
        var body = new ByteArrayContent(Encoding.Latin1.GetBytes(lines));
        body.Headers.ContentType = new(type);

        var answer = (await host.CallAsync(HttpMethod.Post, "/v1/suppressions/import", body, key)).Json;

        Assert.Equal((1, 1, "line 1"), (answer["imported"]!.GetValue<int>(), answer["refused"]!.GetValue<int>(), answer["errors"]![0]!["field"]!.GetValue<string>()));
        Assert.Equal(["b@la-r.example"], (await ListAsync("/v1/suppressions", key)).Select(entry => Text(entry, "address")));
    }

    [Fact]
    public async Task Import_of_an_endless_line_stops_there_and_keeps_what_came_before()
    {
        var key = await host.TenantAsync("endless");

        var answer = (await host.CallAsync(HttpMethod.Post, "/v1/suppressions/import", Body("a@en-r.example\r\n" + new string('x', 100_000) + "\r\nb@en-r.example\r\n", Csv), key)).Json;

        Assert.Equal((1, 1, "line 2"), (answer["imported"]!.GetValue<int>(), answer["refused"]!.GetValue<int>(), answer["errors"]![0]!["field"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.CallAsync(HttpMethod.Post, "/v1/suppressions/import", Body("x", "text/plain"), key)).Status);
    }

    [Fact]
    public async Task Operator_sees_and_removes_what_a_tenant_cannot_and_keeps_the_register_of_all()
    {
        var key = await host.TenantAsync("ruled");
        await host.CallAsync(HttpMethod.Put, "/v1/suppressions/ann@op-r.example", new { reason = "unsubscribe" }, key);
        await host.CallAsync(HttpMethod.Put, "/v1/tenants/*/suppressions/bob@op-r.example", new { reason = "manual", detail = "asked by phone" });

        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Delete, "/v1/suppressions/ann@op-r.example", key: key)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await host.CallAsync(HttpMethod.Delete, "/v1/suppressions/bob@op-r.example", key: key)).Status);
        var check = await host.CallAsync(
            HttpMethod.Post, "/v1/messages/check", new { from = "news@ruled.example", to = new[] { "ann@op-r.example", "BOB@op-r.example", "carl@op-r.example" }, subject = "s", text = "t" }, key);
        Assert.Equal(["suppressed", "suppressed", "queued"], check.Json["recipients"]!.AsArray().Select(recipient => Text(recipient!, "status")));
        Assert.Equal(["bob@op-r.example manual all operator asked by phone"], (await ListAsync("/v1/tenants/*/suppressions", HostFixture.OperatorKey)).Select(entry => Show(entry, withAt: false)));

        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(HttpMethod.Delete, "/v1/tenants/ruled/suppressions/ann@op-r.example")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync(HttpMethod.Delete, "/v1/tenants/*/suppressions/bob@op-r.example")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(HttpMethod.Get, "/v1/tenants/nobody/suppressions")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync(HttpMethod.Get, "/v1/tenants/ruled/suppressions", key: key)).Status);
    }

    private async Task<JsonNode[]> ListAsync(string path, string key) => [.. (await host.CallAsync(HttpMethod.Get, path, key: key)).Json["suppressions"]!.AsArray().Select(entry => entry!)];

    private static string Show(JsonNode entry, bool withAt) =>
        string.Join(' ', new[] { "address", "reason", "scope", "by", withAt ? "at" : "", "detail" }.Where(field => entry[field] is not null).Select(field => Text(entry, field)));

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();

    private static StringContent Body(string text, string type) => new(text, Encoding.UTF8, type);
}
