using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grid.Core.Ports;
using Grid.Host.Options;
using Grid.Host.Wiring;
using Grid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Grid.Host.Tests.Whole;

/// <summary>The whole grid in this process, on a new data folder and ports of the system's choice, with a receiver behind it.</summary>
public class HostFixture : IAsyncLifetime
{
    public const string OperatorKey = "operator-key-for-tests-0123456789";

    /// <summary>A host that is believed by its address when it reports.</summary>
    public const string TrustedReporter = "127.0.0.77";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _data = Directory.CreateTempSubdirectory("grid-host-").FullName;
    private readonly Receiver _receiver = new();
    private HttpClient _http = new();
    private readonly List<Uri> _addresses = [];
    private WebApplication? _app;

    /// <summary>Text records of the DNS.</summary>
    internal PublishedRecords Records { get; } = new();

    /// <summary>Further options, given before it starts.</summary>
    public List<string> More { get; } = [];

    public Uri Address => _addresses[0];

    public int SubmissionPort => _addresses[1].Port;

    public int InboundPort => _addresses[2].Port;

    public IServiceProvider Services => _app!.Services;

    /// <summary>Its time; the real one unless a fixture says otherwise.</summary>
    protected virtual TimeProvider Clock => TimeProvider.System;

    /// <summary>Ends it.</summary>
    protected virtual Task StopAsync() => _app!.StopAsync();

    /// <summary>Puts something else in the place of what the grid has.</summary>
    protected virtual void Replace(IServiceCollection services)
    {
    }

    /// <summary>Ends and begins again with the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await _app!.DisposeAsync();
        _http.Dispose();
        _http = new();
        _addresses.Clear();
        await InitializeAsync();
    }

    public async ValueTask InitializeAsync()
    {
        var loaded = GridConfiguration.Load(
        [
            $"--Grid:Data={_data}", "--Grid:Http:Urls=http://127.0.0.1:0", "--Grid:Submission:Listen=127.0.0.1:0", "--Grid:Inbound:Listen=127.0.0.1:0",
            $"--Grid:OperatorKey={OperatorKey}", "--Grid:Routes:0:Domain=*", "--Grid:Routes:0:Host=127.0.0.1", $"--Grid:Routes:0:Port={_receiver.Port}",
            "--Grid:Routes:0:Tls=none", "--Grid:ShutdownSeconds=2", "--Grid:Webhooks:AllowPrivate=true", "--Grid:Webhooks:AllowHttp=true",
            $"--Grid:Feedback:Reporters:0:Network={TrustedReporter}", "--Grid:Feedback:Reporters:1:From=fbl@reporter.example", "--Grid:Feedback:Reporters:2:From=loop.example",
            "--Grid:Feedback:MaxComplaintsPerReporterPerHour=50", "--Serilog:MinimumLevel:Default=Fatal", .. More,
        ]);
        _app = await GridProgram.BuildAsync(
            loaded, builder => Replace(builder.Services.AddSingleton(Clock).AddSingleton<ITextRecords>(Records).AddSingleton<ISignatureVerifier, HeaderSignatures>()));
        await _app.StartAsync();
        _addresses.AddRange(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)));
        _http.BaseAddress = _addresses[0];
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is null || !Directory.Exists(_data))
        {
            return;
        }

        _http.Dispose();
        await StopAsync();
        await _app.DisposeAsync();
        await _receiver.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The next message that the receiver gets.</summary>
    internal async Task<ReceivedMessage> ReceivedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _receiver.NextAsync(patience.Token);
    }

    /// <summary>The next message to an address that the receiver gets; others in between are dropped.</summary>
    internal async Task<ReceivedMessage> ReceivedAsync(string recipient)
    {
        using var patience = new CancellationTokenSource(Patience);
        ReceivedMessage message;
        do
        {
            message = await _receiver.NextAsync(patience.Token);
        }
        while (!message.Recipients.Contains(recipient));
        return message;
    }

    /// <summary>Completes when a tenant's counters say so: the receiver has a message a little before that.</summary>
    internal Task DeliveredAsync(string tenant, int count) => UntilAsync($"/v1/tenants/{tenant}", shown => shown["counters"]!["delivered"]!.GetValue<int>() >= count);

    /// <summary>What the grid answers, as soon as it holds.</summary>
    internal Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> holds, string key = OperatorKey) =>
        Until.BecomesAsync(async () => (await CallAsync(HttpMethod.Get, path, key: key)).Json, holds, $"{path} holds");

    /// <summary>Calls the API; <paramref name="body"/> is sent as JSON, or as it is.</summary>
    internal async Task<Reply> CallAsync(HttpMethod method, string path, object? body = null, string? key = OperatorKey, (string Name, string Value)? header = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body switch { null => null, HttpContent content => content, _ => JsonContent.Create(body) },
        };
        if (language is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        }

        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        if (header is { } more)
        {
            request.Headers.TryAddWithoutValidation(more.Name, more.Value);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json" or "application/schema+json";
        return new(response.StatusCode, isJson && text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject(), text, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>A new tenant with a sending domain of its own name under .example; returns its key.</summary>
    internal async Task<string> TenantAsync(string id, object? limits = null, string policy = "default")
    {
        var put = await CallAsync(HttpMethod.Put, $"/v1/tenants/{id}", new { name = id, policy, sendingDomains = new[] { $"{id}.example" }, limits });
        Assert.Equal(HttpStatusCode.Created, put.Status);
        var key = await CallAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", new { });
        Assert.Equal(HttpStatusCode.Created, key.Status);
        return key.Json["key"]!.GetValue<string>();
    }

    internal sealed record Reply(HttpStatusCode Status, JsonNode Json, string Text, HttpResponseHeaders Headers, string? MediaType);
}
