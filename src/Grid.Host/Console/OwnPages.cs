using Grid.Host.Console.Access;
using Grid.Host.Console.Calls;
using Grid.Host.Console.Pages;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>What a tenant sees that signed in with its own key: its account on one page, and what it may do there.</summary>
internal static class OwnPages
{
    /// <summary>Where a tenant is.</summary>
    public const string Home = "/own";

    /// <summary>A tenant's menu.</summary>
    public static IReadOnlyList<(string Path, string Name)> Entries { get; } = [(Home, "Your account"), ("/docs", "API")];

    public static void MapOwn(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup(Home).AddEndpointFilter(routes.ServiceProvider.GetRequiredService<ConsoleGate>()).WithMetadata(new TenantPage(Only: true)).ExcludeFromDescription();
        own.MapGet("", () => PageResult.Of<Own>()).WithMetadata(new PageOf(Home));
        Act(own, "/test", OwnForms.TestAsync, "POST /v1/messages");
        Act(own, "/appeal", OwnForms.AppealAsync, "POST /v1/appeals");
        Act(own, "/suppressions", OwnForms.SuppressAsync, "PUT /v1/suppressions/{address}", "DELETE /v1/suppressions/{address}");
        Act(
            own, "/webhooks", OwnForms.WebhookAsync, "PUT /v1/webhooks/{name}", "DELETE /v1/webhooks/{name}", "POST /v1/webhooks/{name}/pause", "POST /v1/webhooks/{name}/resume", "POST /v1/webhooks/{name}/secret");
        Act(own, "/signing-keys", form => SigningKeyForms.ActAsync(form, SigningKeyForms.Own, null, Home), SigningKeyForms.Calls(SigningKeyForms.Own));
    }

    private static void Act(RouteGroupBuilder own, string path, Func<ActionForm, Task<IResult>> act, params string[] calls) => own.MapPost(path, act).WithMetadata(new Offers(calls));
}
