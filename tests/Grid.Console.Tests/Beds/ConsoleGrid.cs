using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Grid.Host.Options;
using Grid.Host.Tests.Whole;
using Grid.Host.Wiring;
using Grid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Console.Tests.Beds;

/// <summary>The whole grid in this process, with a receiver that takes everything and a site where nobody listens: <c>dead.example</c>.</summary>
public sealed class ConsoleGrid : IAsyncLifetime
{
    public const string OperatorKey = "operator-key-for-tests-0123456789";
    public const string ReadOnlyKey = "read-only-key-for-tests-012345678";

    private readonly string _data = Directory.CreateTempSubdirectory("grid-console-").FullName;
    private readonly Receiver _receiver = new();
    private WebApplication? _app;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public async ValueTask InitializeAsync()
    {
        var loaded = GridConfiguration.Load(
        [
            $"--Grid:Data={_data}", "--Grid:Http:Urls=http://127.0.0.1:0", "--Grid:Submission:Listen=127.0.0.1:0", "--Grid:Inbound:Listen=127.0.0.1:0",
            $"--Grid:OperatorKey={OperatorKey}", $"--Grid:ReadOnlyKey={ReadOnlyKey}",
            "--Grid:Routes:0:Domain=dead.example", "--Grid:Routes:0:Host=127.0.0.1", $"--Grid:Routes:0:Port={Closed()}", "--Grid:Routes:0:Tls=none",
            "--Grid:Routes:1:Domain=*", "--Grid:Routes:1:Host=127.0.0.1", $"--Grid:Routes:1:Port={_receiver.Port}", "--Grid:Routes:1:Tls=none",
            "--Grid:SendingIps:0:Address=127.0.0.1", "--Grid:SendingIps:0:Pool=default", "--Grid:Dkim:Domain=platform.example", "--Grid:ShutdownSeconds=2", "--Serilog:MinimumLevel:Default=Fatal",
        ]);
        _app = await GridProgram.BuildAsync(loaded);
        await _app.StartAsync();
        Address = new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http.BaseAddress = Address;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _receiver.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>Calls the API.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Json)> CallAsync(HttpMethod method, string path, object? body = null, string key = OperatorKey)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject());
    }

    /// <summary>A new tenant with a sending domain of its own name under .example; returns its key.</summary>
    public async Task<string> TenantAsync(string id, string? name = null)
    {
        var (status, _) = await CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = name ?? id, policy = "default", sendingDomains = new[] { $"{id}.example" } });
        Assert.True(status is HttpStatusCode.Created or HttpStatusCode.OK);
        return (await CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", new { })).Json["key"]!.GetValue<string>();
    }

    /// <summary>Submits a message; returns its id.</summary>
    public async Task<string> SendAsync(string tenant, string key, params string[] to)
    {
        var (status, json) = await CallAsync(HttpMethod.Post, "/v1/messages", new { from = $"news@{tenant}.example", to, subject = "Hello", text = "Hello\n" }, key);
        Assert.Equal(HttpStatusCode.Accepted, status);
        return json["id"]!.GetValue<string>();
    }

    /// <summary>Completes when the grid answers so.</summary>
    public Task UntilAsync(string path, Func<JsonNode, bool> holds) => Until.Async(async () => holds((await CallAsync(HttpMethod.Get, path)).Json), $"{path} holds");

    /// <summary>Signs in over HTTP; returns the cookie.</summary>
    public async Task<string> SignInAsync(string key)
    {
        using var response = await PostAsync("/sign-in", null, ("key", key));
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>Asks for a page.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, string? cookie = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, cookie, headers);
    }

    /// <summary>Posts a form.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string? cookie, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        return await SendAsync(request, cookie, []);
    }

    /// <summary>Posts a form as a page would: with the session's token.</summary>
    public async Task<HttpResponseMessage> PostFromPageAsync(string path, string cookie, params (string Name, string Value)[] fields) => await PostAsync(path, cookie, [.. fields, ("_token", await TokenAsync(cookie))]);

    public async Task<string> TokenAsync(string cookie)
    {
        using var page = await GetAsync("/", cookie);
        var html = await page.Content.ReadAsStringAsync();
        const string Before = "name=\"_token\" value=\"";
        var begin = html.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return html[begin..html.IndexOf('"', begin)];
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? cookie, IEnumerable<(string Name, string Value)> headers)
    {
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request);
    }

    private static int Closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
