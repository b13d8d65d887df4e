using System.Globalization;
using System.Text.Json;
using Grid.Core.Enforcement;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Webhooks;
using Microsoft.Net.Http.Headers;

namespace Grid.Host.Api;

/// <summary>
/// A tenant's outcomes as they happen.
/// In: a cursor (<c>after</c>), a limit, how long to wait. Out: outcomes after the cursor, oldest first, and the next cursor; or, for
/// <c>Accept: text/event-stream</c>, server-sent events that go on, each with its cursor as id, which <c>Last-Event-ID</c> takes up again.
/// Guarantees: following the cursor gives every outcome once, in the order of the log.
/// Fails: 400 for a bad cursor, 429 where the tenant has 10 requests waiting already.
/// </summary>
public static class EventsApi
{
    /// <summary>Records of all tenants that one reading looks at; with nothing found among them the cursor leads on.</summary>
    private const int ScanLimit = 50_000;

    private const int StreamPage = 200;
    private const int MaxWaitSeconds = 60;
    private const string EventStream = "text/event-stream";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/v1/events").RequireKey(CallerRole.Tenant).WithTags("Events").MapGet("", List).Produces<EventsBody>().WithMetadata(new VerbRequirement(Verb.Export));

    private static async Task<IResult> List(
        HttpContext context, IOutcomeLog log, IOutcomeLookUp lookUp, OutcomeBell bell, EventStreams streams, TimeProvider clock, IHostApplicationLifetime lifetime, string? after)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem) || !TryWait(context.Request, out var wait, out problem))
        {
            return problem!;
        }

        var streamed = IsStreamWanted(context.Request);
        var resumed = streamed ? context.Request.Headers["Last-Event-ID"].ToString() : "";
        var cursor = resumed.Length > 0 ? resumed : after;
        var position = 0L;
        if (!string.IsNullOrEmpty(cursor) && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out position))
        {
            return Problem.Malformed(new("after", "must be the next of an earlier answer"));
        }

        var reader = new Reader(Caller.TenantOf(context), log, lookUp, bell, clock);
        if (!streamed && wait == TimeSpan.Zero)
        {
            return Show(await reader.ReadAsync(position, limit, context.RequestAborted));
        }

        using var place = streams.TryEnter(reader.Tenant);
        if (place is null)
        {
            return Problem.Throttled($"At most {EventStreams.MaxOfTenant} requests of a tenant wait for events at once.", Again);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        if (!streamed)
        {
            return Show(await reader.WaitAsync(position, limit, wait, ended.Token));
        }

        await StreamAsync(context.Response, reader, position, ended.Token);
        return Results.Empty;
    }

    private static async Task StreamAsync(HttpResponse response, Reader reader, long position, CancellationToken cancellationToken)
    {
        response.ContentType = EventStream;
        response.Headers.CacheControl = "no-cache";
        try
        {
            await response.WriteAsync(": outcomes\n\n", cancellationToken);
            while (true)
            {
                var (records, next) = await reader.WaitAsync(position, StreamPage, KeepAlive, cancellationToken);
                foreach (var body in records)
                {
                    await response.WriteAsync($"id: {body.Id}\nevent: {body.Type.ToString().ToLowerInvariant()}\ndata: ", cancellationToken);
                    await JsonSerializer.SerializeAsync(response.Body, body, ApiJson.Default.EventBody, cancellationToken);
                    await response.WriteAsync("\n\n", cancellationToken);
                }

                if (records.Count == 0)
                {
                    // The cursor moves over others' outcomes too, so that whoever comes back has little to read.
                    await response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {next}\n: nothing new\n\n"), cancellationToken);
                }

                await response.Body.FlushAsync(cancellationToken);
                position = next;
            }
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the grid stops: either ends the stream between two events, and the client's last id is good.
        }
    }

    private static bool IsStreamWanted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && accepted.Any(type => type.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase));

    private static bool TryWait(HttpRequest request, out TimeSpan wait, out Problem? problem)
    {
        (wait, problem) = (TimeSpan.Zero, null);
        if (request.Query["wait"] is not { Count: > 0 } given)
        {
            return true;
        }

        if (given.Count == 1 && int.TryParse(given[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxWaitSeconds)
        {
            wait = TimeSpan.FromSeconds(seconds);
            return true;
        }

        problem = Problem.Malformed(new("wait", $"must be a whole number of seconds from 0 to {MaxWaitSeconds}"));
        return false;
    }

    private static IResult Show((IReadOnlyList<EventBody> Events, long Next) page) =>
        Answer.Json(new EventsBody(page.Events, page.Next.ToString(CultureInfo.InvariantCulture)), ApiJson.Default.EventsBody);

    private sealed class Reader(string tenant, IOutcomeLog log, IOutcomeLookUp lookUp, OutcomeBell bell, TimeProvider clock)
    {
        public string Tenant => tenant;

        public async ValueTask<(IReadOnlyList<EventBody> Events, long Next)> ReadAsync(long after, int limit, CancellationToken cancellationToken)
        {
            var (records, next) = await log.ReadTenantAsync(tenant, after, limit, ScanLimit, cancellationToken);
            IReadOnlyDictionary<MessageId, MessageLabels> labels = records.Count == 0
                ? new Dictionary<MessageId, MessageLabels>()
                : await lookUp.LabelsAsync([.. records.Select(record => record.Key.Message).Distinct()], cancellationToken);
            return ([.. records.Select(record => EventBody.Of(record).With(labels.GetValueOrDefault(record.Key.Message)))], next);
        }

        /// <summary>As soon as there is something, or with nothing when the time is up.</summary>
        public async ValueTask<(IReadOnlyList<EventBody> Events, long Next)> WaitAsync(long after, int limit, TimeSpan atMost, CancellationToken cancellationToken)
        {
            using var watch = bell.Watch(tenant);
            var began = clock.GetTimestamp();
            while (true)
            {
                var page = await ReadAsync(after, limit, cancellationToken);
                var left = atMost - clock.GetElapsedTime(began);
                if (page.Events.Count > 0 || left <= TimeSpan.Zero || !await watch.NewsAsync(page.Next, left, clock, cancellationToken))
                {
                    return page;
                }

                after = page.Next;
            }
        }
    }
}
