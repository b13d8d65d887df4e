using Grid.Contracts.Enforcement;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;

namespace Grid.Host.Api;

/// <summary>Answers with a tenant's vetting: to the tenant with its own, to the operator with what only operators see too.</summary>
public sealed class VettingShow(VettingDesk desk, DomainChallenge challenge, IGrainFactory grains)
{
    /// <summary>The tenant that a call is about.</summary>
    public static string TenantOf(HttpContext context) => context.Request.RouteValues["tenant"] as string ?? Caller.TenantOf(context);

    /// <summary>Who calls: operator or tenant.</summary>
    public static string By(HttpContext context) => context.Request.RouteValues.ContainsKey("tenant") ? "operator" : "tenant";

    /// <summary>What a note says, and why the operator brought it for the tenant.</summary>
    public static string Words(HttpContext context, string words) => By(context) == "operator" && OperatorReason.Read(context.Request) is { } reason ? $"{words} ({reason})" : words;

    /// <summary>404.</summary>
    public static Problem NoSuch(HttpContext context) => Problem.NotFound($"There is no tenant '{TenantOf(context)}'.");

    /// <summary>Does something with the file, and shows what it is then.</summary>
    /// <param name="act">Null: only shows it.</param>
    public async Task<IResult> AnswerAsync(HttpContext context, Func<string, ValueTask<VettingAnswer>>? act, int status = 200)
    {
        var tenant = TenantOf(context);
        if (!SubjectNames.IsTenant(tenant))
        {
            return NoSuch(context);
        }

        var answer = act is null ? new(await desk.FindAsync(tenant), null) : await act(tenant);
        if (answer.Refused is { } words)
        {
            return Problem.Conflict(words);
        }

        if (answer.View is not { } view || await grains.GetGrain<ITenantGrain>(tenant).Find() is not { } known)
        {
            return NoSuch(context);
        }

        var domains = known.Spec.SendingDomains.Select(domain =>
        {
            var proof = view.File.Domains.FirstOrDefault(d => d.Domain == domain);
            return new VettingDomainBody(domain, DomainChallenge.Name(domain), challenge.Value(tenant, domain), proof?.ProvenAt, proof?.Words);
        });
        return Answer.Json(VettingBody.Of(view, [.. domains], By(context) == "operator"), ApiJson.Default.VettingBody, status);
    }
}
