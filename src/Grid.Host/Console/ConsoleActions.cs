using Grid.Host.Console.Access;
using Grid.Host.Console.Calls;
using Grid.Host.Console.Parts;

namespace Grid.Host.Console;

/// <summary>
/// What can be done on the pages: each form is one call of the API, with the reason that its operator gave. The next page tells what became of it.
/// Beside each path stand the calls that it makes, as the API's document has them; a test holds the two lists against each other.
/// </summary>
internal static class ConsoleActions
{
    public static void MapActions(this IEndpointRouteBuilder routes)
    {
        var acts = routes.MapGroup("").AddEndpointFilter(routes.ServiceProvider.GetRequiredService<ConsoleGate>()).ExcludeFromDescription();
        Subjects(acts);
        Tenants(acts);
        Policies(acts);
        Mail(acts);
    }

    private static void Subjects(RouteGroupBuilder acts)
    {
        Act(acts, "/ips", (ActionForm form) => SubjectForms.PutIpAsync(form, form["ip"].Trim()), "PUT /v1/ips/{ip}");
        Act(acts, "/ips/{id}", (string id, ActionForm form) => SubjectForms.PutIpAsync(form, id), "PUT /v1/ips/{ip}");
        Act(acts, "/ips/{id}/state", (string id, ActionForm form) => form.StateAsync("/v1/ips/{ip}", id, Links.Ip(id)), "POST /v1/ips/{ip}/state");
        Act(acts, "/pools", (ActionForm form, ConsoleApi api) => SubjectForms.MoveIpAsync(form, api), "PUT /v1/ips/{ip}");
        Act(acts, "/domains/{id}/state", (string id, ActionForm form) => form.StateAsync("/v1/domains/{domain}", id, Links.Domain(id)), "POST /v1/domains/{domain}/state");
        Act(acts, "/domains/{id}/limits", (string id, ActionForm form) => SubjectForms.LimitDomainAsync(form, id), "PUT /v1/domains/{domain}/limits");
        Act(acts, "/sites/{id}/limits", (string id, ActionForm form) => SubjectForms.LimitSiteAsync(form, id), "PUT /v1/sites/{site}/limits");
        Act(acts, "/sites/{id}/resume", (string id, ActionForm form) => SubjectForms.ResumeSiteAsync(form, id), "POST /v1/sites/{site}/resume");
        Act(acts, "/shaping", SubjectForms.PushShapingAsync, "PUT /v1/shaping");
        Act(acts, "/warm-up", (ActionForm form) => SubjectForms.PutPlanAsync(form), "PUT /v1/warmup-plans/{plan}");
        Act(acts, "/platform/signing-keys", (ActionForm form) => SigningKeyForms.ActAsync(form, SigningKeyForms.Platform, null, "/platform"), SigningKeyForms.Calls(SigningKeyForms.Platform));
    }

    private static void Tenants(RouteGroupBuilder acts)
    {
        const string Vetting = "/v1/tenants/{tenant}/vetting";
        Act(acts, "/tenants", (ActionForm form) => TenantForms.PutAsync(form, form["id"].Trim()), "PUT /v1/tenants/{tenant}");
        Act(acts, "/tenants/{id}", (string id, ActionForm form) => TenantForms.PutAsync(form, id), "PUT /v1/tenants/{tenant}");
        Act(acts, "/tenants/{id}/state", (string id, ActionForm form) => form.StateAsync("/v1/tenants/{tenant}", id, Links.Tenant(id)), "POST /v1/tenants/{tenant}/state");
        Act(acts, "/tenants/{id}/keys", (string id, ActionForm form) => form.DoAsync("POST", "/v1/tenants/{tenant}/keys", id, [], Links.Tenant(id), "A new key for " + id + ". It is shown this once: nobody can show it again."), "POST /v1/tenants/{tenant}/keys");
        Act(acts, "/tenants/{id}/keys/revoke", (string id, ActionForm form) => TenantForms.RevokeAsync(form, id), "DELETE /v1/tenants/{tenant}/keys/{id}");
        Act(acts, "/tenants/{id}/scopes", (string id, ActionForm form) => TenantForms.ScopeAsync(form, id), "POST /v1/tenants/{tenant}/scopes/{kind}/{name}/state");
        Act(acts, "/tenants/{id}/overrides", (string id, ActionForm form) => TenantForms.OverrideAsync(form, id), "PUT /v1/tenants/{tenant}/overrides/{clause}", "DELETE /v1/tenants/{tenant}/overrides/{clause}");
        Act(acts, "/tenants/{id}/signing-keys", (string id, ActionForm form) => SigningKeyForms.ActAsync(form, SigningKeyForms.OfTenants, id, Links.Tenant(id) + "/mail"), SigningKeyForms.Calls(SigningKeyForms.OfTenants));
        Act(acts, "/tenants/{id}/suppressions", (string id, ActionForm form) => AddressForms.SuppressAsync(form, id), AddressForms.SuppressionCalls);
        Act(acts, "/tenants/{id}/consents", (string id, ActionForm form) => AddressForms.ConsentAsync(form, id), AddressForms.ConsentCalls);
        Act(acts, "/tenants/{id}/vetting", (string id, ActionForm form) => VettingForms.PutAsync(form, id), "PUT " + Vetting);
        Act(acts, "/tenants/{id}/vetting/word", (string id, ActionForm form) => VettingForms.WordAsync(form, id), $"POST {Vetting}/acceptance", $"POST {Vetting}/attestations", $"POST {Vetting}/addresses", $"POST {Vetting}/domains/{{domain}}/check");
        Act(acts, "/tenants/{id}/vetting/checklist", (string id, ActionForm form) => VettingForms.CheckAsync(form, id), $"PUT {Vetting}/checklist/{{item}}");
        Act(acts, "/tenants/{id}/vetting/decision", (string id, ActionForm form) => VettingForms.DecideAsync(form, id), $"POST {Vetting}/decision");
    }

    private static void Policies(RouteGroupBuilder acts)
    {
        const string Preview = "POST /v1/policies/{name}/preview";
        const string Push = "PUT /v1/policies/{name}";
        Act(acts, "/policies/draft", (ActionForm form, HttpContext http) => PolicyForms.DraftAsync(form["name"].Trim(), form, http), Push, Preview);
        Act(acts, "/policies/{id}/draft", PolicyForms.DraftAsync, Push, Preview);
        Act(acts, "/policies/{id}/rollback", (string id, ActionForm form) => PolicyForms.RollBackAsync(id, form), "POST /v1/policies/{name}/rollback");
        Act(acts, "/policies/{id}/end-trial", (string id, ActionForm form) => PolicyForms.EndTrialAsync(id, form), "DELETE /v1/policies/{name}/trial");
        Act(acts, "/decisions/verify", PolicyForms.VerifyAsync, "GET /v1/ledger/verify").WithMetadata(new ReadersMayPost());
        Act(acts, "/cases", (ActionForm form) => CaseForms.OpenAsync(form), "POST /v1/cases");
        Act(acts, "/cases/{id}/notes", (string id, ActionForm form) => CaseForms.NoteAsync(id, form), "POST /v1/cases/{id}/notes");
        Act(acts, "/cases/{id}/verdict", (string id, ActionForm form) => CaseForms.CloseAsync(id, form), "POST /v1/cases/{id}/verdict");
        Act(acts, "/findings", (ActionForm form) => CaseForms.ReportAsync(form), "POST /v1/findings");
        Act(acts, "/incidents/{id}/shares", (string id, ActionForm form) => CaseForms.ShareAsync(id, form), "POST /v1/incidents/{id}/shares");
        Act(acts, "/abuse-desk/{id}", (string id, ActionForm form) => CaseForms.DecideReportAsync(id, form), "POST /v1/abuse/{id}");
    }

    private static void Mail(RouteGroupBuilder acts)
    {
        Act(acts, "/sign-out", SignInPages.Leave).WithMetadata(new ReadersMayPost(), new TenantPage(Only: false));
        Act(acts, "/feedback/report", FeedbackForms.ReportAsync, "POST /v1/feedback").WithMetadata(new ReadersMayPost());
        Act(acts, "/feedback/classify", FeedbackForms.ClassifyAsync, "POST /v1/classify").WithMetadata(new ReadersMayPost());
        Act(acts, "/held/{id}", (string id, ActionForm form) => QueueForms.DecideHeldAsync(form, id), "POST /v1/held/{id}/release", "POST /v1/held/{id}/cancel");
        foreach (var act in (string[])["flush", "pause", "resume", "cancel"])
        {
            Act(acts, "/queue/" + act, (ActionForm form) => QueueForms.ActAsync(form, act), "POST /v1/queue/" + act);
        }
    }

    private static RouteHandlerBuilder Act(RouteGroupBuilder acts, string path, Delegate handler, params string[] calls) => acts.MapPost(path, handler).WithMetadata(new Offers(calls));
}
