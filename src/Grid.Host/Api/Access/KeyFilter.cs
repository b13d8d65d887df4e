using System.Net;
using Grid.Contracts.Enforcement;

namespace Grid.Host.Api.Access;

/// <summary>Lets a request through to its endpoint when its <c>Authorization: Bearer</c> key has the role.</summary>
public sealed class KeyFilter(Doorkeeper doorkeeper, CallerRole role) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Features.Get<Caller>() is { } known)
        {
            // A call from within this process, by someone who has signed in: no request from outside carries such a feature.
            return May(known, http) ? await next(context) : NotFor();
        }

        var header = http.Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.Unauthorized("The request needs one header Authorization: Bearer KEY.");
        }

        var verdict = await doorkeeper.AdmitAsync(value[Scheme.Length..].Trim(), http.Connection.RemoteIpAddress ?? IPAddress.None, http.RequestAborted);
        if (verdict.Caller is not { } caller)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return verdict.Throttled
                ? Problem.Throttled("Too many requests with wrong keys came from this address.", FailureThrottle.Interval)
                : Problem.Unauthorized("The key is unknown or revoked.");
        }

        if (!May(caller, http))
        {
            return caller.Role == CallerRole.Reader && role == CallerRole.Operator ? Problem.Forbidden("This key only reads; the endpoint takes the operator's key.") : NotFor();
        }

        http.Features.Set(caller);
        return await RefusalAsync(caller, http) ?? await next(context);
    }

    /// <summary>What the tenant's standing doesn't permit.</summary>
    private static async ValueTask<Problem?> RefusalAsync(Caller caller, HttpContext http)
    {
        if (caller.Role != CallerRole.Tenant || VerbRequirement.Of(http) is not { } verb)
        {
            return null;
        }

        var grains = http.RequestServices.GetRequiredService<IGrainFactory>();
        return await grains.GetGrain<ITenantGrain>(caller.Tenant).May(verb) is { } refusal ? Problem.Refused(refusal, Timeout.InfiniteTimeSpan) : null;
    }

    private bool May(Caller caller, HttpContext http) =>
        caller.Role == role || (caller.Role == CallerRole.Reader && role == CallerRole.Operator && OnlyLooks(http));

    private static bool OnlyLooks(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<ChangesNothing>() is not null;

    private Problem NotFor() => Problem.Forbidden(role == CallerRole.Operator ? "This endpoint takes the operator's key." : "This endpoint takes a tenant's key.");
}
