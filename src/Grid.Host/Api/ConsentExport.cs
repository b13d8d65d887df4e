using System.Text.Json;
using Grid.Core.Ports;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>All consent records of a tenant as lines of JSON, page by page from the store: memory holds one page. What changes meanwhile may be in it or not.</summary>
internal sealed class ConsentExport(string tenant, IConsents consents) : IResult
{
    private const int PageRows = 1000;
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/x-ndjson";
        response.Headers.ContentDisposition = "attachment; filename=consents.ndjson";
        for (var after = ""; ;)
        {
            var page = await consents.ListAsync(tenant, after, PageRows, httpContext.RequestAborted);
            foreach (var record in page)
            {
                await response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(ConsentRecordBody.Of(record), ApiJson.Default.ConsentRecordBody), httpContext.RequestAborted);
                await response.BodyWriter.WriteAsync(LineEnd, httpContext.RequestAborted);
            }

            if (page.Count < PageRows)
            {
                return;
            }

            after = page[^1].Address;
        }
    }
}
