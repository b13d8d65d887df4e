using System.Net;
using Grid.Contracts.Enforcement;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Enforcement;
using Grid.Host.Feedback;
using Grid.Host.Ingress;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Host.Api;

/// <summary>Tenants and their keys, for the operator.</summary>
public static class TenantsApi
{
    /// <summary>Kind under which tenants stand in the registry.</summary>
    private const string Kind = "tenant";

    private const int MaxKeys = 100;

    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        var tenants = routes.MapGroup("/v1/tenants").RequireKey(CallerRole.Operator).WithTags("Tenants");
        tenants.MapGet("", List).Produces<TenantsBody>();
        tenants.MapPut("/{tenant}", Put).Accepts<TenantRequest>("application/json").Produces<TenantBody>().Produces<TenantBody>(201).OnLedger("configure", SubjectKind.Tenant, "tenant");
        tenants.MapGet("/{tenant}", Get).Produces<TenantBody>();
        tenants.MapPost("/{tenant}/state", SetState).Accepts<TenantStateRequest>("application/json").Produces<StateBody>();
        tenants.MapPost("/{tenant}/keys", AddKey).Accepts<KeyRequest>("application/json").Produces<KeyBody>(201).OnLedger("add-key", SubjectKind.Tenant, "tenant");
        tenants.MapGet("/{tenant}/keys", ListKeys).Produces<KeysBody>();
        tenants.MapDelete("/{tenant}/keys/{id}", RevokeKey).Produces(204).OnLedger("revoke-key", SubjectKind.Tenant, "tenant");
    }

    private static async Task<IResult> Put(
        string tenant, HttpContext context, IGrainFactory grains, TenantDirectory directory, PolicyShelf policies, IRegistry registry, IdentityMemory memory, VettingDesk vetting)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.TenantRequest);
        if (request is null)
        {
            return problem!;
        }

        var faults = new Faults();
        var spec = TenantRules.Read(tenant, request, faults);
        if (faults.None && !await policies.HasAsync(spec.Policy, context.RequestAborted))
        {
            faults.Add("policy", "there is no such policy; GET /v1/policies lists them");
        }

        if (faults.None && spec.Parent is { } parent)
        {
            await ChildrenApi.CheckParentAsync(tenant, parent, registry, grains, faults, context.RequestAborted);
        }

        if (!faults.None)
        {
            return faults.Problem;
        }

        var grain = grains.GetGrain<ITenantGrain>(tenant);
        if (await grain.Find() is { } there)
        {
            // Who is in quarantine stays in it until another pool is named.
            spec = spec with { Review = there.Spec.Review, HomePool = spec.Pool == there.Spec.Pool ? there.Spec.HomePool : null };
        }
        else if (await memory.MatchAsync(tenant, spec, VettingFile.Empty, context.RequestAborted) is { Count: > 0 } matches)
        {
            spec = spec with { Review = IdentityMemory.Words(matches) };
        }

        var created = await grain.Put(spec);
        directory.Forget(tenant);
        await vetting.CompareAsync(tenant, context.RequestAborted);
        return Show((await grain.Find())!, created ? 201 : 200);
    }

    private static async Task<IResult> Get(string tenant, IGrainFactory grains) =>
        await FindAsync(tenant, grains) is { } view ? Show(view, 200) : NoSuch(tenant);

    private static async Task<IResult> List(HttpContext context, IRegistry registry, IGrainFactory grains, string? after)
    {
        if (!Paging.TryLimit(context.Request, out var limit, out var problem))
        {
            return problem!;
        }

        var entries = await registry.ListAsync(Kind, after ?? "", limit, context.RequestAborted);
        var views = await Task.WhenAll(entries.Select(entry => grains.GetGrain<ITenantGrain>(entry.Key).Find().AsTask()));
        return Answer.Json(
            new TenantsBody([.. views.OfType<TenantView>().Select(TenantBody.Of)], entries.Count == limit ? entries[^1].Key : null),
            ApiJson.Default.TenantsBody);
    }

    private static async Task<IResult> SetState(string tenant, HttpContext context, IGrainFactory grains, VettingDesk vetting)
    {
        if (await FindAsync(tenant, grains) is not { } view)
        {
            return NoSuch(tenant);
        }

        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.TenantStateRequest);
        if (request is null)
        {
            return problem!;
        }

        if (StandingTransition.Read(request.State, request.Reason, out var to, out var reason) is { } faults)
        {
            return faults.Problem;
        }

        var change = view.Account.Standing == Standing.Pending && to == Standing.Active
            ? await vetting.AdmitAsync(tenant, reason, request.OverrideVetting == true, context.RequestAborted)
            : await grains.GetGrain<ITenantGrain>(tenant).SetStanding(to, reason);
        return StandingTransition.Show(Subject.Tenant(tenant), change);
    }

    private static async Task<IResult> AddKey(string tenant, HttpContext context, IGrainFactory grains, IKeyRing keys, VettingDesk vetting, TimeProvider clock)
    {
        IPAddress? from = null;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false } && context.Request.ContentLength is not 0)
        {
            var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.KeyRequest);
            if (request is null)
            {
                return problem!;
            }

            if (request.CreatedFrom is { } given && !IPAddress.TryParse(given, out from))
            {
                return Problem.Invalid("createdFrom", "must be an IP address");
            }
        }

        if (await FindAsync(tenant, grains) is null)
        {
            return NoSuch(tenant);
        }

        if ((await keys.ListAsync(tenant, context.RequestAborted)).Count >= MaxKeys)
        {
            return Problem.Conflict($"A tenant has at most {MaxKeys} keys; revoke one first.");
        }

        if (from is not null)
        {
            var ip = AbuseDesk.Show(from);
            await vetting.NoteAsync(tenant, new("vetting-key", "operator", $"a key was asked for from {ip}") { KeyIp = ip }, context.RequestAborted);
        }

        var (stored, key) = ApiKey.Make(tenant, clock.GetUtcNow());
        await keys.AddAsync(stored, context.RequestAborted);
        return Answer.Json(new KeyBody(stored.Id, key, stored.CreatedAt), ApiJson.Default.KeyBody, 201);
    }

    private static async Task<IResult> ListKeys(string tenant, IGrainFactory grains, IKeyRing keys, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, grains) is null)
        {
            return NoSuch(tenant);
        }

        var stored = await keys.ListAsync(tenant, cancellationToken);
        return Answer.Json(new KeysBody([.. stored.Select(key => new KeyBody(key.Id, null, key.CreatedAt))]), ApiJson.Default.KeysBody);
    }

    private static async Task<IResult> RevokeKey(string tenant, string id, IKeyRing keys, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(tenant, id, cancellationToken) ? Results.NoContent() : Problem.NotFound($"The tenant '{tenant}' has no key '{id}'.");

    /// <summary>Names that cannot be a tenant's never reach a grain.</summary>
    private static async ValueTask<TenantView?> FindAsync(string tenant, IGrainFactory grains) =>
        SubjectNames.IsTenant(tenant) ? await grains.GetGrain<ITenantGrain>(tenant).Find() : null;

    private static IResult Show(TenantView view, int status) => Answer.Json(TenantBody.Of(view), ApiJson.Default.TenantBody, status);

    private static Problem NoSuch(string tenant) => Problem.NotFound($"There is no tenant '{tenant}'.");
}
