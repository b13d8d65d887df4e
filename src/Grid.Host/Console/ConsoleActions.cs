using Grid.Host.Console.Access;
using Grid.Host.Console.Calls;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>
/// What can be done on the pages: each form is one call of the API, with the reason that its operator gave. The next page tells what became of it.
/// </summary>
internal static class ConsoleActions
{
    public static void MapActions(this IEndpointRouteBuilder routes)
    {
        var acts = routes.MapGroup("").AddEndpointFilter(routes.ServiceProvider.GetRequiredService<ConsoleGate>()).ExcludeFromDescription();
        acts.MapPost("/sign-out", SignInPages.Leave).WithMetadata(new ReadersMayPost(), new TenantPage(Only: false));
        acts.MapPost("/tenants/{id}/state", (string id, ActionForm form) => form.StateAsync("/v1/tenants/{tenant}", id, Links.Tenant(id)));
        acts.MapPost("/tenants/{id}/keys", (string id, ActionForm form) => form.DoAsync("POST", "/v1/tenants/{tenant}/keys", id, [], Links.Tenant(id), "A new key for " + id + ". It is shown this once: nobody can show it again."));
        acts.MapPost("/tenants/{id}/keys/revoke", (string id, ActionForm form) => TenantForms.RevokeAsync(form, id));
        acts.MapPost("/tenants/{id}", (string id, ActionForm form) => TenantForms.PutAsync(form, id));
        acts.MapPost("/ips", (ActionForm form) => SubjectForms.PutIpAsync(form, form["ip"].Trim()));
        acts.MapPost("/ips/{id}", (string id, ActionForm form) => SubjectForms.PutIpAsync(form, id));
        acts.MapPost("/ips/{id}/state", (string id, ActionForm form) => form.StateAsync("/v1/ips/{ip}", id, Links.Ip(id)));
        acts.MapPost("/domains/{id}/state", (string id, ActionForm form) => form.StateAsync("/v1/domains/{domain}", id, Links.Domain(id)));
        acts.MapPost("/domains/{id}/limits", (string id, ActionForm form) => SubjectForms.LimitDomainAsync(form, id));
        acts.MapPost("/sites/{id}/limits", (string id, ActionForm form) => SubjectForms.LimitSiteAsync(form, id));
        acts.MapPost("/sites/{id}/resume", (string id, ActionForm form) => SubjectForms.ResumeSiteAsync(form, id));
        acts.MapPost("/policies/draft", (ActionForm form, HttpContext http, ConsoleApi api) => PolicyForms.DraftAsync(form["name"].Trim(), form, http, api));
        acts.MapPost("/policies/{id}/draft", PolicyForms.DraftAsync);
        acts.MapPost("/policies/{id}/rollback", (string id, ActionForm form) => PolicyForms.RollBackAsync(id, form));
        acts.MapPost("/policies/{id}/end-trial", (string id, ActionForm form) => PolicyForms.EndTrialAsync(id, form));
        acts.MapPost("/decisions/verify", PolicyForms.VerifyAsync).WithMetadata(new ReadersMayPost());
        acts.MapPost("/cases", (ActionForm form) => CaseForms.OpenAsync(form));
        acts.MapPost("/cases/{id}/notes", (string id, ActionForm form) => CaseForms.NoteAsync(id, form));
        acts.MapPost("/cases/{id}/verdict", (string id, ActionForm form) => CaseForms.CloseAsync(id, form));
        acts.MapPost("/findings", (ActionForm form) => CaseForms.ReportAsync(form));
        acts.MapPost("/feedback/report", FeedbackForms.ReportAsync).WithMetadata(new ReadersMayPost());
        acts.MapPost("/feedback/classify", FeedbackForms.ClassifyAsync).WithMetadata(new ReadersMayPost());
        foreach (var act in (string[])["flush", "pause", "resume", "cancel"])
        {
            acts.MapPost("/queue/" + act, (ActionForm form) => QueueForms.ActAsync(form, act));
        }

        acts.MapPost("/tenants/{id}/signing-keys", (string id, ActionForm form) => SigningKeyForms.ActAsync(form, "/v1/tenants/{tenant}/domains", id, Links.Tenant(id) + "/mail"));
        acts.MapPost("/abuse-desk/{id}", (string id, ActionForm form) => CaseForms.DecideReportAsync(id, form));
        acts.MapPost("/shaping", SubjectForms.PushShapingAsync);
        acts.MapPost("/warm-up", (ActionForm form) => SubjectForms.PutPlanAsync(form));
        acts.MapPost("/tenants", (ActionForm form) => TenantForms.PutAsync(form, form["id"].Trim()));
    }
}
