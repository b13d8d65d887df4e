using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>grid queue: for the operator.</summary>
internal static class QueueCommands
{
    private static readonly Column[] Shares = [.. ((string[])["name", "total", "deferred", "suspended", "paused"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs)
    {
        var by = Verbs.Text("--by", "domain or tenant: the shares of the queue");
        by.AcceptOnlyFromAmong("domain", "tenant");
        var (tenant, domain) = (Verbs.Text("--tenant", "Only this tenant's"), Verbs.Text("--domain", "Only for this domain"));
        return Verbs.Group(
            "queue",
            "The queue: show, flush, pause, resume, cancel",
            [
                verbs.Make("show", "What is queued", [tenant, domain, by], (session, parsed, ct) => session.GetAsync(
                    "/v1/queue" + Verbs.Query(("tenant", parsed.GetValue(tenant)), ("domain", parsed.GetValue(domain))),
                    (screen, answer) =>
                    {
                        if (parsed.GetValue(by) is { } part)
                        {
                            screen.Table(answer, answer[part == "domain" ? "byDomain" : "byTenant"]!.AsArray(), Shares);
                            return;
                        }

                        var sums = answer.DeepClone().AsObject();
                        sums.Remove("byDomain");
                        sums.Remove("byTenant");
                        screen.Card(sums);
                    },
                    ct)),
                Act(verbs, "flush", "Make what waits due now"),
                Act(verbs, "pause", "Hold mail back"),
                Act(verbs, "resume", "Let held mail go"),
                Cancel(verbs),
            ]);
    }

    private static Command Act(Verbs verbs, string action, string description)
    {
        var (tenant, domain, reason) = (Verbs.Text("--tenant", "Only this tenant's"), Verbs.Text("--domain", "Only for this domain"), Verbs.Reason());
        return verbs.Make(action, description, [tenant, domain, reason], (session, parsed, ct) => AskAsync(session, action, parsed.GetValue(tenant), parsed.GetValue(domain), parsed.GetValue(reason), ct));
    }

    /// <summary>What is cancelled is gone: all of it only when that is said.</summary>
    private static Command Cancel(Verbs verbs)
    {
        var (tenant, domain, reason) = (Verbs.Text("--tenant", "Only this tenant's"), Verbs.Text("--domain", "Only for this domain"), Verbs.Reason());
        var all = new Option<bool>("--all") { Description = "The whole queue" };
        return verbs.Make("cancel", "Withdraw mail for good", [tenant, domain, all, reason], (session, parsed, ct) =>
            parsed.GetValue(all) == (parsed.GetValue(tenant) is null && parsed.GetValue(domain) is null)
                ? AskAsync(session, "cancel", parsed.GetValue(tenant), parsed.GetValue(domain), parsed.GetValue(reason), ct)
                : throw new UsageException("queue cancel takes --tenant, --domain or both; or --all alone"));
    }

    private static Task<int> AskAsync(Session session, string action, string? tenant, string? domain, string? reason, CancellationToken cancellationToken)
    {
        var body = new JsonObject();
        Body.Set(body, "tenant", tenant);
        Body.Set(body, "domain", domain);
        return session.AskAsync(HttpMethod.Post, "/v1/queue/" + action, body, static (screen, answer) => screen.Card(answer), cancellationToken, reason);
    }
}
