using Grid.Contracts.Admission;
using Grid.Contracts.Enforcement;
using Grid.Contracts.Sending;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Queue;
using Grid.Grains.Sending;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Receiving sites, for the operator: how fast mail goes there, what held it up, and until when.</summary>
public static class SitesApi
{
    private const int MostSites = 1000;
    private const int MostDestinations = 100;
    private const int LongestName = 320;

    public static void MapSites(this IEndpointRouteBuilder routes)
    {
        var sites = routes.MapGroup("/v1/sites").RequireKey(CallerRole.Operator).WithTags("Sites");
        sites.MapGet("", List).Produces<SitesBody>();
        sites.MapGet("/{site}", Get).Produces<SiteBody>();
        sites.MapPut("/{site}/limits", SetLimits).Accepts<DomainLimitsBody>("application/json").Produces<SiteBody>().OnLedger("limit", SubjectKind.Site, "site");
        sites.MapPost("/{site}/resume", Resume).Accepts<SiteResumeRequest>("application/json").Produces<SiteBody>().OnLedger("resume", SubjectKind.Site, "site");
    }

    private static IResult List(ReadyQueues queues, IShapingSource shaping) => Answer.Json(
        new SitesBody([.. queues.All.GroupBy(q => q.Route.Site).OrderBy(s => s.Key, StringComparer.Ordinal).Take(MostSites).Select(s => new SiteName(s.Key, shaping.Current.ForSite(s.Key).Name, s.Sum(q => q.Count)))]),
        ApiJson.Default.SitesBody);

    private static async Task<IResult> Get(string site, Sites sites) => IsName(site) ? await sites.ShowAsync(site) : NoSuch(site);

    private static async Task<IResult> SetLimits(string site, HttpContext context, Sites sites, IGrainFactory grains)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.DomainLimitsBody);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var limits = new DomainLimits(
            faults.OptionalCount("maxConnections", request.MaxConnections),
            faults.OptionalCount("maxMessagesPerConnection", request.MaxMessagesPerConnection),
            faults.OptionalRate("maxRate", request.MaxRate));
        if (!faults.None)
        {
            return faults.Problem;
        }

        if (!IsName(site))
        {
            return NoSuch(site);
        }

        await grains.GetGrain<ISiteGrain>(site).SetLimits(limits);
        return await sites.ShowAsync(site);
    }

    private static async Task<IResult> Resume(string site, HttpContext context, Sites sites, IGrainFactory grains, PoolDirectory pools)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.SiteResumeRequest);
        if (request is null)
        {
            return problem!;
        }

        if (!IsName(site))
        {
            return NoSuch(site);
        }

        if (request.Ip is { } one && !pools.All.ContainsKey(one))
        {
            return Problem.Invalid("ip", "must be a sending IP");
        }

        foreach (var ip in request.Ip is { } ip1 ? [ip1] : pools.All.Keys)
        {
            await grains.GetGrain<ILaneGrain>($"{ip}|{site}").Resume();
        }

        return await sites.ShowAsync(site);
    }

    private static bool IsName(string site) => site.Length is > 0 and <= LongestName && site.All(static c => c is > ' ' and < '\u007f' and not '|');

    private static Problem NoSuch(string site) => Problem.NotFound($"'{site}' is no name of a site.");

    /// <summary>What a site's page is made of.</summary>
    public sealed class Sites(IGrainFactory grains, ReadyQueues queues, PoolDirectory pools, IShapingSource shaping)
    {
        public async Task<IResult> ShowAsync(string site)
        {
            var limits = await grains.GetGrain<ISiteGrain>(site).Limits();
            var views = await Task.WhenAll(pools.All.Keys.Order(StringComparer.Ordinal).Select(ip => grains.GetGrain<ILaneGrain>($"{ip}|{site}").View().AsTask()));
            var own = queues.All.Where(q => q.Route.Site == site).ToList();
            return Answer.Json(
                new SiteBody(
                    site,
                    shaping.Current.ForSite(site).Name,
                    new(limits.MaxConnections, limits.MaxMessagesPerConnection, limits.MaxRate),
                    own.Sum(q => q.Count),
                    [.. own.Select(q => q.Route.Destination).Distinct().Order(StringComparer.Ordinal).Take(MostDestinations)],
                    [.. views.Select(LaneBody.Of)]),
                ApiJson.Default.SiteBody);
        }
    }
}
