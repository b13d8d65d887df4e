using System.Text;
using System.Text.Json;
using Grid.Core.Ports;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;

namespace Grid.Host.Api;

/// <summary>All suppressions of a tenant as a stream of lines, page by page from the store: memory holds one page. What changes meanwhile may be in it or not.</summary>
internal sealed class SuppressionExport(string tenant, bool isCsv, ISuppressions suppressions) : IResult
{
    private const int PageRows = 1000;
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson";
        response.Headers.ContentDisposition = $"attachment; filename=suppressions.{(isCsv ? "csv" : "ndjson")}";
        if (isCsv)
        {
            await WriteAsync(httpContext, "address,reason,scope,at,by,detail\r\n");
        }

        var after = "";
        while (true)
        {
            var page = await suppressions.ListAsync(tenant, after, PageRows, httpContext.RequestAborted);
            foreach (var body in page.Select(SuppressionBody.Of))
            {
                if (isCsv)
                {
                    var at = body.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
                    await WriteAsync(httpContext, CsvLine.Write(body.Address, Name(body.Reason), Name(body.Scope), at, body.By, body.Detail));
                }
                else
                {
                    await response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Default.SuppressionBody), httpContext.RequestAborted);
                    await response.BodyWriter.WriteAsync(LineEnd, httpContext.RequestAborted);
                }
            }

            if (page.Count < PageRows)
            {
                return;
            }

            after = page[^1].Address;
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static async ValueTask WriteAsync(HttpContext context, string text) => await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
}
