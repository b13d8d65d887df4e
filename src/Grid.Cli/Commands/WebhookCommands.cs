using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>grid webhook: where outcomes are sent, with a tenant's key.</summary>
internal static class WebhookCommands
{
    public static Command Make(Verbs verbs)
    {
        var (name, url, events) = (Verbs.Word("name", "The webhook's name"), Verbs.Word("url", "Where to"), Verbs.Several("--event", "A kind of outcome; may be repeated; default all"));
        var (format, since) = (Verbs.Text("--format", "standard (the default) or sendgrid"), Verbs.Word("from", "A time such as 2026-01-31T08:00:00Z"));
        format.AcceptOnlyFromAmong("standard", "sendgrid");
        return Verbs.Group(
            "webhook",
            "Webhooks: list, show, put, remove, pause, resume, replay, renew the secret",
            CallCommand.Shown(verbs, "list", "All of them", HttpMethod.Get, new("/v1/webhooks", "/v1/tenants/{tenant}/webhooks"),
                CallCommand.Rows("webhooks", "name", "state", "format", "url", "cursor", "last success=lastSuccess", "last error=lastError")),
            verbs.Make("show", "One, and how it fares", [name], (session, parsed, ct) => session.GetAsync(Path(parsed.GetValue(name)!), Card, ct)),
            verbs.Make("put", "Set one up, or change it; the secret is shown this once", [name, url, events, format], (session, parsed, ct) =>
            {
                var body = new JsonObject { ["url"] = parsed.GetValue(url) };
                Body.Set(body, "events", parsed.GetValue(events));
                Body.Set(body, "format", parsed.GetValue(format));
                return session.AskAsync(HttpMethod.Put, Path(parsed.GetValue(name)!), body, Card, ct);
            }),
            verbs.Make("remove", "Remove one", [name], (session, parsed, ct) =>
                session.AskAsync(HttpMethod.Delete, Path(parsed.GetValue(name)!), null, static (screen, answer) => screen.Line(answer, "removed"), ct)),
            Act(verbs, name, "pause", "Let it rest; nothing is lost"),
            Act(verbs, name, "resume", "Go on where it stopped"),
            Act(verbs, name, "secret", "A new secret, shown this once; the old one signs too for a day"),
            verbs.Make("replay", "Send again what happened since a time", [name, since], (session, parsed, ct) =>
                session.AskAsync(HttpMethod.Post, Path(parsed.GetValue(name)!) + "/replay", new JsonObject { ["from"] = parsed.GetValue(since) }, Card, ct)));
    }

    private static Command Act(Verbs verbs, Argument<string> name, string action, string description) =>
        verbs.Make(action, description, [name], (session, parsed, ct) => session.AskAsync(HttpMethod.Post, $"{Path(parsed.GetValue(name)!)}/{action}", new JsonObject(), Card, ct));

    private static void Card(Screen screen, JsonNode answer) => screen.Card(answer);

    private static string Path(string name) => "/v1/webhooks/" + Verbs.Part(name);
}
