using System.Net;

namespace Grid.Host.Api.Access;

/// <summary>Lets a request through to its endpoint when its <c>Authorization: Bearer</c> key has the role.</summary>
public sealed class KeyFilter(Doorkeeper doorkeeper, CallerRole role) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
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

        if (caller.Role != role)
        {
            return Problem.Forbidden(role == CallerRole.Operator ? "This endpoint takes the operator's key." : "This endpoint takes a tenant's key.");
        }

        http.Features.Set(caller);
        return await next(context);
    }
}
