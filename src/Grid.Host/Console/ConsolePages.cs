using Grid.Host.Console.Access;
using Grid.Host.Console.Pages;
using Grid.Host.Console.Parts;
using Microsoft.AspNetCore.Components;

namespace Grid.Host.Console;

/// <summary>The pages, one line each. A page's parameters are the names in its path and, of the query, those that it has properties for.</summary>
internal static class ConsolePages
{
    private const int MaxQueryText = 300;

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AddEndpointFilter(routes.ServiceProvider.GetRequiredService<ConsoleGate>()).ExcludeFromDescription();
        Page<Overview>(pages, "/");
        Page<Tenants>(pages, "/tenants");
        Page<Tenant>(pages, "/tenants/{id}");
        Page<TenantMail>(pages, "/tenants/{id}/mail");
        Page<TenantVetting>(pages, "/tenants/{id}/vetting");
        Page<TenantScopes>(pages, "/tenants/{id}/scopes");
        Page<TenantConsents>(pages, "/tenants/{id}/consents");
        Page<Ips>(pages, "/ips");
        Page<Ip>(pages, "/ips/{id}");
        Page<Pools>(pages, "/pools");
        Page<Domains>(pages, "/domains");
        Page<Domain>(pages, "/domains/{id}");
        Page<Site>(pages, "/sites/{id}");
        Page<QueuePage>(pages, "/queue");
        Page<HeldList>(pages, "/held");
        Page<HeldPage>(pages, "/held/{id}");
        Page<Deliveries>(pages, "/deliveries");
        Page<BackOff>(pages, "/back-off");
        Page<Limits>(pages, "/limits");
        Page<PolicyList>(pages, "/policies");
        Page<PolicyPage>(pages, "/policies/{id}");
        Page<Decisions>(pages, "/decisions");
        Page<DecisionPage>(pages, "/decisions/{id}");
        Page<Cases>(pages, "/cases");
        Page<CasePage>(pages, "/cases/{id}");
        Page<AbuseList>(pages, "/abuse-desk");
        Page<AbusePage>(pages, "/abuse-desk/{id}");
        Page<IncidentList>(pages, "/incidents");
        Page<IncidentPage>(pages, "/incidents/{id}");
        Page<ShapingPage>(pages, "/shaping");
        Page<WarmUp>(pages, "/warm-up");
        Page<Platform>(pages, "/platform");
        Page<FeedbackPage>(pages, "/feedback");
        Page<GrainsPage>(pages, "/grains");
    }

    private static void Page<TPage>(IEndpointRouteBuilder pages, string path)
        where TPage : IComponent
    {
        var known = typeof(TPage).GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), true) && property.PropertyType == typeof(string)).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        pages.MapGet(path, (HttpContext http) =>
        {
            var parameters = new Dictionary<string, object?>();
            foreach (var (name, value) in http.Request.Query)
            {
                if (known.TryGetValue(name, out var property) && value is [{ Length: > 0 and <= MaxQueryText } text])
                {
                    parameters[property.Name] = text;
                }
            }

            foreach (var (name, value) in http.Request.RouteValues)
            {
                if (known.TryGetValue(name, out var property))
                {
                    parameters[property.Name] = value as string;
                }
            }

            return PageResult.Of<TPage>(parameters);
        }).WithMetadata(new PageOf(path));
    }
}
