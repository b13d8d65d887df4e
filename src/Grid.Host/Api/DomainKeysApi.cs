using Grid.Contracts.Enforcement;
using Grid.Core.Ingress;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Access;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;
using Grid.Host.Options;

namespace Grid.Host.Api;

/// <summary>
/// Sending domains and the keys that sign their mail: a tenant's own, for itself and for the operator, and the platform's. A new key is
/// pending; publish its TXT record, and it begins to sign when the record is seen. To rotate, make another and publish that.
/// </summary>
public static class DomainKeysApi
{
    private const string Tag = "Sending domains";

    public static void MapDomainKeys(this IEndpointRouteBuilder routes)
    {
        Map(routes.MapGroup("/v1/sending-domains").RequireKey(CallerRole.Tenant).WithTags(Tag), null);
        Map(routes.MapGroup("/v1/tenants/{tenant}/domains").RequireKey(CallerRole.Operator).WithTags(Tag), null);
        Map(routes.MapGroup("/v1/platform/domains").RequireKey(CallerRole.Operator).WithTags(Tag), "platform-domains");
    }

    private static void Map(RouteGroupBuilder domains, string? setting)
    {
        domains.MapGet("", List).Produces<SendingDomainsBody>();
        domains.MapGet("/{domain}", Get).Produces<SendingDomainBody>();
        domains.MapGet("/{domain}/alignment", Align).Produces<AlignmentView>();
        domains.MapPost("/{domain}/keys", Make).Accepts<EmptyRequest>("application/json").Produces<DomainKeyBody>(201).OnLedger("add-signing-key", Whose, "domain");
        domains.MapPost("/{domain}/keys/{selector}/check", Check).Produces<DomainKeyBody>();
        domains.MapPost("/{domain}/keys/{selector}/state", SetState).Accepts<KeyStateRequest>("application/json").Produces<DomainKeyBody>().OnLedger("set-signing-key", Whose, "domain", "selector");
        domains.MapDelete("/{domain}/keys/{selector}", Remove).Produces(204).OnLedger("remove-signing-key", Whose, "domain", "selector");

        Subject? Whose(RouteValueDictionary values) => ActFilterExtensions.TenantOr(values, setting);
    }

    private static async Task<IResult> List(HttpContext context, DomainKeys keys, TenantDirectory tenants, GridOptions options)
    {
        if (await OwnerAsync(context, tenants, options) is not { } owner)
        {
            return NoTenant(context);
        }

        var all = await keys.ListAsync(owner.Id, context.RequestAborted);
        var domains = owner.Domains.Union(all.Select(key => key.Domain)).Order(StringComparer.Ordinal);
        return Answer.Json(new SendingDomainsBody([.. domains.Select(domain => Body(domain, all))]), ApiJson.Default.SendingDomainsBody);
    }

    private static async Task<IResult> Get(string domain, HttpContext context, DomainKeys keys, TenantDirectory tenants, GridOptions options)
    {
        if (await OwnerAsync(context, tenants, options) is not { } owner || !SubjectKeys.TryDomain(domain, out var name))
        {
            return NoTenant(context);
        }

        var all = await keys.ListAsync(owner.Id, context.RequestAborted);
        return owner.Has(name) || all.Any(key => key.Domain == name) ? Answer.Json(Body(name, all), ApiJson.Default.SendingDomainBody) : NoDomain(domain);
    }

    private static async Task<IResult> Align(string domain, HttpContext context, DomainKeys keys, AlignmentCheck alignment, TenantDirectory tenants, GridOptions options)
    {
        if (await OwnerAsync(context, tenants, options) is not { } owner)
        {
            return NoTenant(context);
        }

        if (!SubjectKeys.TryDomain(domain, out var name) || !owner.Has(name))
        {
            return NoDomain(domain);
        }

        var signing = (await keys.ListAsync(owner.Id, context.RequestAborted)).Where(key => key.State == DkimKeyState.Active).Select(key => key.Domain).ToList();
        return Answer.Json(await alignment.LookAsync(name, signing, context.RequestAborted), ApiJson.Default.AlignmentView);
    }

    private static async Task<IResult> Make(string domain, HttpContext context, DomainKeys keys, TenantDirectory tenants, GridOptions options)
    {
        if (await OwnerAsync(context, tenants, options) is not { } owner)
        {
            return NoTenant(context);
        }

        if (!SubjectKeys.TryDomain(domain, out var name) || !owner.Has(name))
        {
            return NoDomain(domain);
        }

        return Show(await keys.MakeAsync(owner.Id, name, context.RequestAborted), 201);
    }

    private static Task<IResult> Check(string domain, string selector, HttpContext context, DomainKeys keys, TenantDirectory tenants, GridOptions options) =>
        ChangeAsync(domain, selector, context, keys, tenants, options, async key => Show(await keys.CheckAsync(key, context.RequestAborted), 200));

    private static async Task<IResult> SetState(string domain, string selector, HttpContext context, DomainKeys keys, TenantDirectory tenants, GridOptions options)
    {
        var (request, problem) = await JsonRequest.ReadAsync(context, ApiJson.Default.KeyStateRequest);
        if (request is null)
        {
            return problem!;
        }

        if (request.State is not ("active" or "retired"))
        {
            return Problem.Invalid("state", "must be active or retired");
        }

        var force = request.Force == true;
        if (force && context.Features.Get<Caller>()?.Role != CallerRole.Operator)
        {
            return Problem.Forbidden("Only the operator puts a key to work whose record isn't seen in the DNS.");
        }

        return await ChangeAsync(domain, selector, context, keys, tenants, options, async key =>
        {
            if (request.State == "retired" || force)
            {
                return Show(force ? await keys.ActivateAsync(key, context.RequestAborted) : await keys.RetireAsync(key, context.RequestAborted), 200);
            }

            var found = await keys.CheckAsync(key, context.RequestAborted);
            return found is KeyChange.Done { Key: { State: not DkimKeyState.Active } seen }
                ? Problem.Conflict(seen.State == DkimKeyState.Retired ? "A retired key doesn't return: make another." : $"The key's record isn't published: {seen.CheckWords}.")
                : Show(found, 200);
        });
    }

    private static Task<IResult> Remove(string domain, string selector, HttpContext context, DomainKeys keys, TenantDirectory tenants, GridOptions options) =>
        ChangeAsync(domain, selector, context, keys, tenants, options, async key =>
            await keys.RemoveAsync(key, context.RequestAborted) is KeyChange.Refused refused ? Problem.Conflict(refused.Words) : TypedResults.NoContent());

    private static async Task<IResult> ChangeAsync(
        string domain, string selector, HttpContext context, DomainKeys keys, TenantDirectory tenants, GridOptions options, Func<StoredDkimKey, Task<IResult>> change)
    {
        if (await OwnerAsync(context, tenants, options) is not { } owner)
        {
            return NoTenant(context);
        }

        return SubjectKeys.TryDomain(domain, out var name)
            && (await keys.ListAsync(owner.Id, context.RequestAborted)).FirstOrDefault(key => key.Domain == name && key.Selector == selector) is { } found
                ? await change(found)
                : Problem.NotFound($"'{domain}' has no key '{selector}' here.");
    }

    /// <summary>Whose keys the request is about; null for a tenant that isn't there.</summary>
    private static async ValueTask<DomainOwner?> OwnerAsync(HttpContext context, TenantDirectory tenants, GridOptions options)
    {
        var id = context.Features.Get<Caller>() is { Role: CallerRole.Tenant } caller ? caller.Tenant : context.Request.RouteValues["tenant"] as string;
        if (id is null)
        {
            return new(DomainKeys.Platform, options.Dkim.Domain is { } platform ? [platform] : [], null);
        }

        return await tenants.FindAsync(id) is { } spec ? new(id, spec.SendingDomains, spec) : null;
    }

    private static SendingDomainBody Body(string domain, IReadOnlyList<StoredDkimKey> all)
    {
        var keys = all.Where(key => key.Domain == domain).OrderBy(key => key.CreatedAt).ThenBy(key => key.Selector, StringComparer.Ordinal).ToList();
        return new(domain, keys.Exists(key => key.State == DkimKeyState.Active), [.. keys.Select(DomainKeyBody.Of)]);
    }

    private static IResult Show(KeyChange change, int status) => change switch
    {
        KeyChange.Done done => Answer.Json(DomainKeyBody.Of(done.Key), ApiJson.Default.DomainKeyBody, status),
        KeyChange.NoSuch => Problem.NotFound("The key is gone."),
        KeyChange.Refused refused => Problem.Conflict(char.ToUpperInvariant(refused.Words[0]) + refused.Words[1..] + "."),
        _ => throw new InvalidOperationException($"no change {change}"),
    };

    private static Problem NoTenant(HttpContext context) => Problem.NotFound($"There is no tenant '{context.Request.RouteValues["tenant"]}'.");

    private static Problem NoDomain(string domain) => Problem.NotFound($"'{domain}' is none of the sending domains.");

    private sealed record DomainOwner(string Id, IReadOnlyList<string> Domains, TenantSpec? Spec)
    {
        /// <summary>Its own domain, or below one.</summary>
        public bool Has(string domain) => Spec is null ? Domains.Contains(domain) : SenderDomains.Allow(Spec, domain);
    }
}
