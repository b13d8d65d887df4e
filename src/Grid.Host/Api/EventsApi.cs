using System.Globalization;
using Grid.Core.Ports;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>A tenant's outcomes as they happen.</summary>
public static class EventsApi
{
    /// <summary>Records of all tenants that one request looks at; with nothing found among them <c>next</c> leads on.</summary>
    private const int ScanLimit = 50_000;

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/events").RequireKey(CallerRole.Tenant).WithTags("Events").MapGet("", List).Produces<EventsBody>();

    private static async Task<IResult> List(HttpContext context, IOutcomeLog log, string? after)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var position = 0L;
        if (!string.IsNullOrEmpty(after) && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out position))
        {
            return Problem.Malformed(new("after", "must be the next of an earlier answer"));
        }

        var (records, next) = await log.ReadTenantAsync(Caller.TenantOf(context), position, limit, ScanLimit, context.RequestAborted);
        return Answer.Json(
            new EventsBody([.. records.Select(EventBody.Of)], next.ToString(CultureInfo.InvariantCulture)),
            ApiJson.Default.EventsBody);
    }
}
