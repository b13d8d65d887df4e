using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Host.Api;
using Grid.Host.Api.Model;

namespace Grid.Host.Demo;

/// <summary>The grid's HTTP API as its operator and tenants use it. An answer that isn't expected throws <see cref="HttpRequestException"/> with the problem's words.</summary>
internal sealed class DemoApi(string url, string operatorKey) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = new(url), Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Makes a tenant in good standing, or changes it.</summary>
    public Task PutTenantAsync(string id, TenantRequest tenant, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, $"/v1/tenants/{id}", operatorKey, JsonContent.Create(tenant, ApiJson.Default.TenantRequest), ApiJson.Default.TenantBody, cancellationToken);

    /// <summary>Gives a tenant a key.</summary>
    public async Task<string> AddKeyAsync(string id, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, $"/v1/tenants/{id}/keys", operatorKey, null, ApiJson.Default.KeyBody, cancellationToken)).Key
        ?? throw new HttpRequestException($"the key of {id} was not shown");

    /// <summary>Sets the limits toward a recipient domain.</summary>
    public Task SetLimitsAsync(string domain, DomainLimitsBody limits, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, $"/v1/domains/{domain}/limits", operatorKey, JsonContent.Create(limits, ApiJson.Default.DomainLimitsBody), ApiJson.Default.DomainBody, cancellationToken);

    /// <summary>Brings in a feedback report.</summary>
    public Task<FeedbackBody> ReportAsync(byte[] report, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(report);
        content.Headers.ContentType = new("message/rfc822");
        return SendAsync(HttpMethod.Post, "/v1/feedback", operatorKey, content, ApiJson.Default.FeedbackBody, cancellationToken);
    }

    /// <summary>Reads something as the operator.</summary>
    public Task<T> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, operatorKey, null, type, cancellationToken);

    /// <summary>Hands messages over as a tenant; null when they were taken, else why not.</summary>
    public async Task<ProblemBody?> SubmitAsync(string tenantKey, BatchRequest batch, CancellationToken cancellationToken)
    {
        using var response = await RequestAsync(HttpMethod.Post, "/v1/messages/batch", tenantKey, JsonContent.Create(batch, ApiJson.Default.BatchRequest), cancellationToken);
        return response.StatusCode == HttpStatusCode.Accepted ? null : await ProblemAsync(response, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string path, string key, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await RequestAsync(method, path, key, content, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var problem = await ProblemAsync(response, cancellationToken);
            throw new HttpRequestException($"{method} {path}: {problem.Status} {problem.Title}: {problem.Detail}", null, response.StatusCode);
        }

        return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new HttpRequestException($"{method} {path}: nothing was answered");
    }

    private async Task<HttpResponseMessage> RequestAsync(HttpMethod method, string path, string key, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await _client.SendAsync(request, cancellationToken);
    }

    private static async Task<ProblemBody> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemBody, cancellationToken) is { } problem
            ? problem
            : new("about:blank", response.ReasonPhrase ?? "", (int)response.StatusCode, "");
}
