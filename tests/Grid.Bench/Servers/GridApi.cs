using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Grid.Bench.Servers;

/// <summary>The part of the grid's HTTP interface that the bench uses, as the operator.</summary>
internal sealed class GridApi : IDisposable
{
    private readonly HttpClient http;
    private readonly string key;

    public GridApi(Uri address, string operatorKey)
    {
        Address = address;
        key = operatorKey;
        http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", operatorKey);
    }

    public Uri Address { get; }

    /// <summary>Status of /health/ready; 0 when nothing answers.</summary>
    public async Task<HttpStatusCode> ReadyAsync(CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready", cancel);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>Makes the tenant, or finds it, and sees that it may send.</summary>
    /// <exception cref="BenchException">The grid refused.</exception>
    public async Task EnsureTenantAsync(string tenant, string domain, CancellationToken cancel)
    {
        var profile = new { company = "Bench", postalAddress = "1 Main St, 12345 Town", website = $"https://{domain}", contactEmail = $"ops@{domain}", country = "US" };
        var made = await SendAsync(HttpMethod.Put, $"/v1/tenants/{tenant}", new { name = tenant, policy = "default", sendingDomains = new[] { domain }, profile }, cancel);
        if (made.GetProperty("state").GetString() == "pending")
        {
            await SendAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/state", new { state = "active", reason = "bench" }, cancel);
        }
    }

    /// <summary>Makes a signing key of the tenant's domain and puts it to work, published or not.</summary>
    public async Task SignAsync(string tenant, string domain, CancellationToken cancel)
    {
        var made = await SendAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/domains/{domain}/keys", new { }, cancel);
        await SendAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/domains/{domain}/keys/{made.GetProperty("selector").GetString()}/state", new { state = "active", force = true }, cancel);
    }

    /// <summary>A new key of the tenant.</summary>
    public async Task<string> NewKeyAsync(string tenant, CancellationToken cancel) =>
        (await SendAsync(HttpMethod.Post, $"/v1/tenants/{tenant}/keys", new { }, cancel)).GetProperty("key").GetString()!;

    /// <summary>One of the tenant's counters, such as <c>delivered</c>.</summary>
    public async Task<long> CounterAsync(string tenant, string counter, CancellationToken cancel) =>
        (await SendAsync(HttpMethod.Get, $"/v1/tenants/{tenant}", null, cancel)).GetProperty("counters").GetProperty(counter).GetInt64();

    /// <summary>Messages that are queued, whatever their state.</summary>
    public async Task<long> QueuedAsync(CancellationToken cancel) =>
        (await SendAsync(HttpMethod.Get, "/v1/queue", null, cancel)).GetProperty("total").GetInt64();

    /// <summary>Stops all delivery: mail is taken and kept.</summary>
    public Task PauseAsync(CancellationToken cancel) => SendAsync(HttpMethod.Post, "/v1/queue/pause", new { }, cancel);

    public Task ResumeAsync(CancellationToken cancel) => SendAsync(HttpMethod.Post, "/v1/queue/resume", new { }, cancel);

    /// <summary>Puts something.</summary>
    /// <exception cref="BenchException">The grid refused.</exception>
    public Task PutAsync(string path, object body, CancellationToken cancel) => SendAsync(HttpMethod.Put, path, body, cancel);

    /// <summary>Posts something.</summary>
    /// <exception cref="BenchException">The grid refused.</exception>
    public Task PostAsync(string path, object body, CancellationToken cancel) => SendAsync(HttpMethod.Post, path, body, cancel);

    /// <summary>Reads something, whatever the answer is.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancel) => http.GetAsync(path, cancel);

    /// <summary>Someone who has signed in to the console.</summary>
    public async Task<HttpClient> VisitAsync(CancellationToken cancel)
    {
        var visitor = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("key", key)]);
        using var answer = await visitor.PostAsync("/sign-in", form, cancel);
        if (!answer.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            throw new BenchException($"the sign-in answered {(int)answer.StatusCode}");
        }

        visitor.DefaultRequestHeaders.Add("Cookie", cookies.First().Split(';')[0]);
        return visitor;
    }

    /// <summary>The metrics in Prometheus' text form; empty where there are none.</summary>
    public async Task<string> MetricsAsync(CancellationToken cancel)
    {
        using var answer = await http.GetAsync("/metrics", cancel);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(cancel) : "";
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        try
        {
            using var answer = await http.SendAsync(request, cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            return !answer.IsSuccessStatusCode ? throw new BenchException($"{method} {path}: {(int)answer.StatusCode} {text[..Math.Min(text.Length, 300)]}")
                : text.Length == 0 ? default
                : JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (Exception broken) when (broken is HttpRequestException or JsonException)
        {
            throw new BenchException($"{method} {path}: {broken.Message}", broken);
        }
    }
}
