using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Grid.System.Tests.Beds;

/// <summary>The HTTP interface as a client sees it. Calls say what was answered; the named ones insist on success.</summary>
public sealed class GridApi(Uri address, string operatorKey) : IDisposable
{
    private const int Batch = 1000;

    private readonly HttpClient _client = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(100) };

    public void Dispose() => _client.Dispose();

    /// <summary>One request.</summary>
    /// <param name="key">A tenant's key; null: the operator's.</param>
    /// <param name="body">Bytes or a string go as they are, anything else as JSON.</param>
    public async Task<ApiAnswer> CallAsync(
        HttpMethod method, string path, object? body = null, string? key = null, string? type = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? operatorKey);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = body switch
        {
            null => null,
            byte[] bytes => new ByteArrayContent(bytes),
            string text => new StringContent(text),
            _ => JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web),
        };
        if (request.Content is not null && (type is not null || body is string))
        {
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type ?? "application/json");
        }

        try
        {
            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers);
        }
        catch (HttpRequestException none)
        {
            return new(0, none.Message, null);
        }
    }

    public Task<ApiAnswer> GetAsync(string path, string? key = null) => CallAsync(HttpMethod.Get, path, null, key);

    public Task<ApiAnswer> PutAsync(string path, object body) => CallAsync(HttpMethod.Put, path, body);

    public Task<ApiAnswer> PostAsync(string path, object body, string? key = null) => CallAsync(HttpMethod.Post, path, body, key);

    /// <summary>Makes or changes a tenant in good standing whose domain is ID.example, and gives it a key.</summary>
    public async Task<string> TenantAsync(string id, object? limits = null, string? pool = null)
    {
        var profile = new { company = id, postalAddress = "1 Main St, 12345 Town", website = $"https://{id}.example", contactEmail = $"ops@{id}.example", country = "US" };
        var tenant = await PutAsync($"/v1/tenants/{id}", new { name = id, policy = "default", sendingDomains = new[] { $"{id}.example" }, profile, limits, pool });
        Assert.True(tenant.Status is 200 or 201, tenant.ToString());
        var key = await PostAsync($"/v1/tenants/{id}/keys", new { });
        Assert.True(key.Status == 201, key.ToString());
        return key.TextAt("key");
    }

    /// <summary>Submits messages in batches of 1,000 and returns their ids.</summary>
    public async Task<IReadOnlyList<string>> SendAsync(string key, IEnumerable<object> messages)
    {
        var ids = new List<string>();
        foreach (var chunk in messages.Chunk(Batch))
        {
            var answer = await PostAsync("/v1/messages/batch", new { messages = chunk }, key);
            Assert.True(answer.Status == 202, answer.ToString());
            ids.AddRange(answer.At("results").EnumerateArray().Select(result => result.GetProperty("id").GetString()!));
        }

        return ids;
    }

    /// <summary>A message as for POST /v1/messages.</summary>
    public static object Message(string tenant, string to, string subject = "hello") => Message(tenant, [to], subject);

    /// <inheritdoc cref="Message(string, string, string)" />
    public static object Message(string tenant, string[] to, string subject = "hello") => new
    {
        from = $"News <news@{tenant}.example>",
        to,
        subject,
        text = "Hello\n\n1 Main St, 12345 Town\n",
        consent = new { method = "double-opt-in", at = "2026-01-01T00:00:00Z", ip = "192.0.2.1", source = "form" },
    };
}
