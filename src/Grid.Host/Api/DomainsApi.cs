using Grid.Contracts.Enforcement;
using Grid.Core.Ingress;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;

namespace Grid.Host.Api;

/// <summary>Recipient domains, for the operator.</summary>
public static class DomainsApi
{
    public static void MapDomains(this IEndpointRouteBuilder routes)
    {
        var domains = routes.MapGroup("/v1/domains").RequireKey(CallerRole.Operator).WithTags("Recipient domains");
        domains.MapGet("/{domain}", Get).Produces<DomainBody>();
        domains.MapPut("/{domain}/limits", SetLimits).Accepts<DomainLimitsBody>("application/json").Produces<DomainBody>().OnLedger("limit", SubjectKind.Domain, "domain");
        domains.MapPost("/{domain}/state", SetState).Accepts<StateRequest>("application/json").Produces<StateBody>();
    }

    private static async Task<IResult> Get(string domain, IGrainFactory grains) =>
        SubjectKeys.TryDomain(domain, out var name) ? await ShowAsync(name, grains) : NoSuch(domain);

    private static async Task<IResult> SetLimits(string domain, HttpContext context, IGrainFactory grains)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.DomainLimitsBody);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        if (!SubjectKeys.TryDomain(domain, out var name))
        {
            faults.Add("domain", SubjectNames.DomainRule);
        }

        var limits = new DomainLimits(
            faults.OptionalCount("maxConnections", request.MaxConnections),
            faults.OptionalCount("maxMessagesPerConnection", request.MaxMessagesPerConnection),
            faults.OptionalRate("maxRate", request.MaxRate));
        if (!faults.None)
        {
            return faults.Problem;
        }

        await grains.GetGrain<IRecipientDomainGrain>(name).SetLimits(limits);
        return await ShowAsync(name, grains);
    }

    private static async Task<IResult> SetState(string domain, HttpContext context, IGrainFactory grains) =>
        SubjectKeys.TryDomain(domain, out var name)
            ? await StandingTransition.MakeAsync(context, Subject.Domain(name), grains.GetGrain<IRecipientDomainGrain>(name))
            : NoSuch(domain);

    private static async Task<IResult> ShowAsync(string name, IGrainFactory grains)
    {
        var grain = grains.GetGrain<IRecipientDomainGrain>(name);
        return Answer.Json(DomainBody.Of(name, await grain.Limits(), await grain.View()), ApiJson.Default.DomainBody);
    }

    private static Problem NoSuch(string domain) => Problem.NotFound($"'{domain}' is no domain name.");
}
