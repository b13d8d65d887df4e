using System.Net;
using System.Text.Json.Nodes;
using Grid.Host.Api.OpenApi;
using Grid.Host.Tests.Clients;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Whole;

public sealed class OpenApiTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    [Fact]
    public async Task Document_is_valid_openapi_3_1()
    {
        const string Script = """
            import('@seriousme/openapi-schema-validator').then(async ({ Validator }) => {
              const v = new Validator(), r = await v.validate(JSON.parse(require('fs').readFileSync(0, 'utf8')));
              console.log(v.version, r.valid, JSON.stringify(r.errors ?? []));
            });
            """;

        var (code, output) = await Programs.NodeAsync(Script, ["@seriousme/openapi-schema-validator"], (await DocumentAsync()).ToJsonString());

        Assert.Equal((0, "3.1 true []\n"), (code, output));
    }

    [Fact]
    public async Task Document_has_every_endpoint()
    {
        var written = Operations(await DocumentAsync()).Select(o => $"{o.Method} {o.Path}").ToHashSet();
        var mapped = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is { } path && (path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith("/v3/", StringComparison.Ordinal)))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method.ToLowerInvariant()} {Plain(e.RoutePattern.RawText!)}")).ToList();

        Assert.NotEmpty(mapped);
        Assert.Empty(mapped.Where(endpoint => !written.Contains(endpoint)).Distinct());
    }

    [Fact]
    public async Task Document_names_describes_and_secures_every_operation_with_its_answers()
    {
        var operations = Operations(await DocumentAsync()).ToList();

        Assert.Equal(operations.Count, operations.Select(o => o.Json["operationId"]!.GetValue<string>()).Distinct().Count());
        Assert.All(operations, o =>
        {
            var where = $"{o.Method} {o.Path}";
            Assert.False(string.IsNullOrEmpty(o.Json["summary"]?.GetValue<string>()), where);
            var answers = o.Json["responses"]!.AsObject();
            Assert.True(answers.Any(a => a.Key[0] == '2'), where + " has no success");
            Assert.All(Parameters(o.Path), name => Assert.Contains(o.Json["parameters"]!.AsArray(), p => p!["name"]!.GetValue<string>() == name && p["in"]!.GetValue<string>() == "path"));
            var isPublic = !o.Path.StartsWith("/v1/", StringComparison.Ordinal) && !o.Path.StartsWith("/v3/", StringComparison.Ordinal);
            Assert.True(isPublic || o.Json["security"] is JsonArray { Count: 1 }, where + " says nothing of a key");
            Assert.True(isPublic || answers.ContainsKey("401"), where + " has no 401");
            Assert.All(answers.Where(a => !isPublic && a.Key[0] == '4').SelectMany(a => a.Value!["content"]!.AsObject()), kind => Assert.Matches("/(ProblemBody|SendGridErrors)$", kind.Value!["schema"]!["$ref"]!.GetValue<string>()));
        });
    }

    [Fact]
    public async Task Document_refers_only_to_schemas_that_it_has()
    {
        var document = await DocumentAsync();
        var schemas = document["components"]!["schemas"]!.AsObject().Select(s => "#/components/schemas/" + s.Key).ToHashSet();

        Assert.Contains("#/components/schemas/ProblemBody", schemas);
        Assert.Empty(References(document).Where(r => r.StartsWith("#/components/schemas/", StringComparison.Ordinal)).Except(schemas));
    }

    [Fact]
    public async Task Document_has_words_and_parameters_for_the_root_of_a_resource_too()
    {
        var operations = Operations(await DocumentAsync()).ToDictionary(o => $"{o.Method} {o.Path}", o => o.Json);

        Assert.Equal("Send a message: 202 when it is on the disk", operations["post /v1/messages"]["summary"]!.GetValue<string>());
        Assert.Contains("Idempotency-Key", Names(operations["post /v1/messages"]));
        Assert.Equal(["Last-Event-ID", "after", "limit", "wait"], Names(operations["get /v1/events"]).Order(StringComparer.Ordinal));

        static IEnumerable<string> Names(JsonObject operation) => operation["parameters"]!.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Document_has_enums_by_name_numbers_as_numbers_and_needs_only_what_the_api_needs()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!.AsObject();

        Assert.Equal(["pending", "active", "warned", "suspended", "terminated"], schemas["Standing"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal("string", schemas["Standing"]!["type"]!.GetValue<string>());
        Assert.Empty(schemas.Where(schema => schema.Value!["type"] is JsonValue type && type.GetValue<string>() == "integer").Select(schema => schema.Key));
        Assert.Empty(from schema in schemas
                     from property in schema.Value!["properties"] as JsonObject ?? []
                     where property.Value!["type"] is JsonArray types && types.Any(type => type!.GetValue<string>() is "integer" or "number") && types.Any(type => type!.GetValue<string>() == "string")
                     select $"{schema.Key}.{property.Key}");
        Assert.Null(schemas["OutgoingMessage"]!["required"]);
        Assert.Contains("state", schemas["TenantBody"]!["required"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Contains("custom_args", schemas["SendGridMail"]!["properties"]!.AsObject().Select(property => property.Key));
    }

    [Theory]
    [InlineData("GET", "v1/tenants/{tenant}/keys", "getTenantsByTenantKeys")]
    [InlineData("POST", "v3/mail/send", "postV3MailSend")]
    [InlineData("GET", "v1/policies/{name}/versions/{version:int}", "getPoliciesByNameVersionsByVersion")]
    public void Operation_is_named_after_method_and_path(string method, string path, string name) => Assert.Equal(name, GridOperation.NameOf(method, path));

    [Fact]
    public async Task Pages_are_served_and_load_nothing_from_elsewhere()
    {
        var page = await host.CallAsync(HttpMethod.Get, "/docs/index.html", key: null);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("https://", page.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(HttpMethod.Get, "/docs/swagger-ui-bundle.js", key: null)).Status);
    }

    private static string Plain(string path) => string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? part.Split(':')[0].TrimEnd('}') + "}" : part)).TrimEnd('/');

    private static IEnumerable<string> Parameters(string path) => path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'));

    private static IEnumerable<(string Method, string Path, JsonObject Json)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Methods.Contains(operation.Key)
        select (operation.Key, path.Key, operation.Value!.AsObject());

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => field is { Key: "$ref", Value: JsonValue text } ? [text.GetValue<string>()] : References(field.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private async Task<JsonNode> DocumentAsync() => (await host.CallAsync(HttpMethod.Get, "/openapi/v1.json", key: null)).Json;
}
