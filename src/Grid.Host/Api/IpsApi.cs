using Grid.Contracts.Enforcement;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Options;

namespace Grid.Host.Api;

/// <summary>Sending IPs, for the operator.</summary>
public static class IpsApi
{
    /// <summary>Kind under which sending IPs stand in the registry.</summary>
    private const string Kind = "ip";

    public static void MapIps(this IEndpointRouteBuilder routes)
    {
        var ips = routes.MapGroup("/v1/ips").RequireKey(CallerRole.Operator).WithTags("Sending IPs");
        ips.MapGet("", List).Produces<IpsBody>();
        ips.MapPut("/{ip}", Put).Accepts<IpRequest>("application/json").Produces<IpBody>().Produces<IpBody>(201).OnLedger("configure", SubjectKind.Ip, "ip");
        ips.MapGet("/{ip}", Get).Produces<IpBody>();
        ips.MapPost("/{ip}/state", SetState).Accepts<StateRequest>("application/json").Produces<StateBody>();
    }

    private static async Task<IResult> Put(string ip, HttpContext context, IGrainFactory grains, GridOptions options)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.IpRequest);
        if (request is null)
        {
            return problem!;
        }

        if (request.Warmup is not null)
        {
            return Problem.NotYet("Warm-up plans are not served yet; put the IP without one.");
        }

        var faults = new Faults();
        if (!SubjectKeys.TryIp(ip, out var address))
        {
            faults.Add("ip", SubjectNames.IpRule);
        }

        var ehlo = options.HostName;
        if (request.Ehlo is not null && !SubjectKeys.TryDomain(request.Ehlo, out ehlo))
        {
            faults.Add("ehlo", "must be a host name");
        }

        var spec = new IpSpec(TenantRules.ReadPool(request.Pool, faults), ehlo, faults.OptionalRate("limits.maxRate", request.Limits?.MaxRate));
        if (!faults.None)
        {
            return faults.Problem;
        }

        var created = await grains.GetGrain<ISendingIpGrain>(address).Put(spec);
        return Answer.Json((await FindAsync(address, grains))!, ApiJson.Default.IpBody, created ? 201 : 200);
    }

    private static async Task<IResult> Get(string ip, IGrainFactory grains) =>
        SubjectKeys.TryIp(ip, out var address) && await FindAsync(address, grains) is { } body ? Answer.Json(body, ApiJson.Default.IpBody) : NoSuch(ip);

    private static async Task<IResult> List(HttpContext context, IRegistry registry, IGrainFactory grains, string? after)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var entries = await registry.ListAsync(Kind, after ?? "", limit, context.RequestAborted);
        var ips = await Task.WhenAll(entries.Select(entry => FindAsync(entry.Key, grains)));
        return Answer.Json(new IpsBody([.. ips.OfType<IpBody>()], entries.Count == limit ? entries[^1].Key : null), ApiJson.Default.IpsBody);
    }

    private static async Task<IResult> SetState(string ip, HttpContext context, IGrainFactory grains)
    {
        if (!SubjectKeys.TryIp(ip, out var address) || await FindAsync(address, grains) is null)
        {
            return NoSuch(ip);
        }

        return await StandingTransition.MakeAsync(context, Subject.Ip(address), grains.GetGrain<ISendingIpGrain>(address));
    }

    private static async Task<IpBody?> FindAsync(string address, IGrainFactory grains)
    {
        var grain = grains.GetGrain<ISendingIpGrain>(address);
        return await grain.Find() is { } spec ? IpBody.Of(address, spec, await grain.View()) : null;
    }

    private static Problem NoSuch(string ip) => Problem.NotFound($"'{ip}' is none of the sending IPs.");
}
