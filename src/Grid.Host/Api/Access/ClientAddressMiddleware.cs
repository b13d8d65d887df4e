namespace Grid.Host.Api.Access;

/// <summary>Puts the client's address and scheme in the place of a trusted proxy's; whatever comes after knows no proxies.</summary>
public sealed class ClientAddressMiddleware(RequestDelegate next, ForwardedClient forwarded)
{
    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is { } peer)
        {
            (context.Connection.RemoteIpAddress, var scheme) = forwarded.Of(peer, context.Request.Headers);
            context.Request.Scheme = scheme ?? context.Request.Scheme;
        }

        return next(context);
    }
}
