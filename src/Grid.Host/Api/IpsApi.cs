using System.Globalization;
using System.Net;
using Grid.Contracts.Enforcement;
using Grid.Core.Admission;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Grains.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;
using Grid.Host.Options;

namespace Grid.Host.Api;

/// <summary>Sending IPs, for the operator.</summary>
public static class IpsApi
{
    /// <summary>Kind under which sending IPs stand in the registry.</summary>
    private const string Kind = "ip";

    private const int MostDaysAway = 366;

    public static void MapIps(this IEndpointRouteBuilder routes)
    {
        var ips = routes.MapGroup("/v1/ips").RequireKey(CallerRole.Operator).WithTags("Sending IPs");
        ips.MapGet("", List).Produces<IpsBody>();
        ips.MapPut("/{ip}", Put).Accepts<IpRequest>("application/json").Produces<IpBody>().Produces<IpBody>(201).OnLedger("configure", SubjectKind.Ip, "ip");
        ips.MapGet("/{ip}", Get).Produces<IpBody>();
        ips.MapGet("/{ip}/names", Names).Produces<IpNamesView>();
        ips.MapPost("/{ip}/state", SetState).Accepts<StateRequest>("application/json").Produces<StateBody>();
    }

    private static async Task<IResult> Put(string ip, HttpContext context, IGrainFactory grains, IRegistry registry, PolicyShelf policies, GridOptions options, TimeProvider clock)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.IpRequest);
        if (request is null)
        {
            return problem!;
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

        var spec = new IpSpec(TenantRules.ReadPool(request.Pool, faults), ehlo, faults.OptionalRate("limits.maxRate", request.Limits?.MaxRate), ReadWarmup(request.Warmup, faults, clock.GetUtcNow()))
        {
            Policy = faults.OptionalText("policy", request.Policy, 64),
            Proxy = ReadProxy(request.Proxy, address, faults),
        };
        if (spec.Policy is { } policy && !await policies.HasAsync(policy, context.RequestAborted))
        {
            faults.Add("policy", "there is no such policy; GET /v1/policies lists them");
        }

        if (spec.Warmup is { } warmup && await WarmupShelf.FindAsync(registry, warmup.Plan, context.RequestAborted) is null)
        {
            faults.Add("warmup.plan", "there is no such plan; GET /v1/warmup-plans lists them");
        }

        if (!faults.None)
        {
            return faults.Problem;
        }

        var created = await grains.GetGrain<ISendingIpGrain>(address).Put(spec);
        return Answer.Json((await FindAsync(address, grains))!, ApiJson.Default.IpBody, created ? 201 : 200);
    }

    private static string? ReadProxy(string? text, string address, Faults faults)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (HostPort.Parse(text) is not { } proxy)
        {
            faults.Add("proxy", "must be " + HostPort.Rule);
            return null;
        }

        if (IPAddress.TryParse(address, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
        {
            faults.Add("proxy", "needs a sending IP with an address of its own, as the proxy is told to connect from it");
        }

        return proxy.ToString();
    }

    private static WarmupSpec? ReadWarmup(WarmupRequest? request, Faults faults, DateTimeOffset now)
    {
        if (request is null)
        {
            return null;
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var day = today;
        if (request.StartedOn is { } text && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            day = Instants.TryParse(text, out var instant) ? DateOnly.FromDateTime(instant.UtcDateTime) : DateOnly.MinValue;
        }

        if (Math.Abs(day.DayNumber - today.DayNumber) > MostDaysAway)
        {
            faults.Add("warmup.startedOn", "must be a day such as 2026-11-22, at most a year away");
        }

        return new(day, faults.OptionalText("warmup.plan", request.Plan, 64) ?? WarmupPlans.Default);
    }

    private static async Task<IResult> Get(string ip, IGrainFactory grains) =>
        SubjectKeys.TryIp(ip, out var address) && await FindAsync(address, grains) is { } body ? Answer.Json(body, ApiJson.Default.IpBody) : NoSuch(ip);

    private static async Task<IResult> Names(string ip, HttpContext context, IGrainFactory grains, IpNames names)
    {
        if (!SubjectKeys.TryIp(ip, out var address) || await grains.GetGrain<ISendingIpGrain>(address).Find() is not { } spec)
        {
            return NoSuch(ip);
        }

        return Answer.Json(await names.LookAsync(IPAddress.Parse(address), spec.Ehlo, context.RequestAborted), ApiJson.Default.IpNamesView);
    }

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
        return await grain.Find() is { } spec ? IpBody.Of(address, spec, await grain.View(), await grain.Warmup()) : null;
    }

    private static Problem NoSuch(string ip) => Problem.NotFound($"'{ip}' is none of the sending IPs.");
}
