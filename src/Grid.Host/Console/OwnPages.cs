using Grid.Host.Console.Access;
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
        own.MapGet("", () => PageResult.Of<Own>());
        own.MapPost("/test", (ActionForm form) => OwnForms.TestAsync(form));
        own.MapPost("/appeal", (ActionForm form) => OwnForms.AppealAsync(form));
        own.MapPost("/suppressions", (ActionForm form) => OwnForms.SuppressAsync(form));
        own.MapPost("/webhooks", (ActionForm form) => OwnForms.WebhookAsync(form));
        own.MapPost("/signing-keys", (ActionForm form) => SigningKeyForms.ActAsync(form, "/v1/sending-domains", null, Home));
    }
}
