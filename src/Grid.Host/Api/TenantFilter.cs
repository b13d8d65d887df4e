using Grid.Core.Vocabulary;
using Grid.Host.Ingress;

namespace Grid.Host.Api;

/// <summary>Lets a request through to what is below a tenant's path when there is such a tenant; else 404.</summary>
internal static class TenantFilter
{
    public static async ValueTask<object?> One(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var tenant = Named(context);
        return await context.HttpContext.RequestServices.GetRequiredService<TenantDirectory>().FindAsync(tenant) is null
            ? Problem.NotFound($"There is no tenant '{tenant}'.")
            : await next(context);
    }

    /// <summary>Or all of them, as in the register of those whom nobody mails.</summary>
    public static ValueTask<object?> OneOrAll(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Named(context) == Suppression.Everyone ? next(context) : One(context, next);

    private static string Named(EndpointFilterInvocationContext context) => (string)context.HttpContext.Request.RouteValues["tenant"]!;
}
