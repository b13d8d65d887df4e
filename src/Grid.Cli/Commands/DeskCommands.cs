using System.CommandLine;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>What people decide about: cases, held mail, incidents, reports, vetting, scopes, exceptions; and what tenants keep here: templates, consent.</summary>
internal static class DeskCommands
{
    private static readonly CallField Reason = new("reason", "Why; it goes to the ledger", true);

    public static IEnumerable<Command> Make(Verbs verbs) =>
    [
        Verbs.Group("case", "Cases: list, show, open, add to the file, close",
            List(verbs, "Open ones, or --state closed", "/v1/cases", "cases", ["id", "subject", "kind", "openedAt", "owner", "verdict", "words"], new("state", "open or closed"), new("subject", "Such as tenant/acme")),
            Call(verbs, "show", "One with its evidence", HttpMethod.Get, "/v1/cases/{id}"),
            Call(verbs, "open", "Open one", HttpMethod.Post, "/v1/cases", new("subject", "Such as tenant/acme", true), new("words", "What it is about", true)),
            Call(verbs, "note", "Add to its file", HttpMethod.Post, "/v1/cases/{id}/notes", new("kind", "note, message (to the tenant), owner, cost, hold or release", true), new("words", "What", true), new("amount", "Of a cost", Kind: CallFieldKind.Number), new("currency", "Of a cost, three letters")),
            Call(verbs, "close", "Close it", HttpMethod.Post, "/v1/cases/{id}/verdict", new("verdict", "Such as no-action, unfounded, resolved", true), Reason)),
        Verbs.Group("finding", "Findings: report one, which the subject's policy judges",
            Call(verbs, "report", "Report one", HttpMethod.Post, "/v1/findings", new("subject", "tenant/ID, ip/ADDRESS or domain/NAME", true), new("signal", "As the language of policies names it", true), new("evidence", "What it rests on", true), new("value", "What was measured", Kind: CallFieldKind.Number),
                new("campaign", "The campaign that it is about"), new("stream", "The stream that it is about"), new("messageId", "The message that it is about"))),
        Verbs.Group("held", "Mail that a policy holds for review: list, show, release, cancel",
            List(verbs, "The oldest first", "/v1/held", "messages", ["id", "tenant", "at", "clause", "words"], new CallField("tenant", "Only this tenant's")),
            Call(verbs, "show", "Why it is held", HttpMethod.Get, "/v1/held/{id}"),
            Call(verbs, "release", "Let it go", HttpMethod.Post, "/v1/held/{id}/release", Reason),
            Call(verbs, "cancel", "Cancel it: it is never sent", HttpMethod.Post, "/v1/held/{id}/cancel", Reason)),
        Verbs.Group("incident", "Incidents with receivers and blocklists: list, show, share",
            List(verbs, "Of the last 30 days", "/v1/incidents", "incidents", ["id", "at", "subject", "source", "cause", "ended=endedAt"], new CallField("subject", "Such as ip/192.0.2.1")),
            Call(verbs, "show", "One with the tenants behind it", HttpMethod.Get, "/v1/incidents/{id}"),
            Call(verbs, "share", "Note who was told", HttpMethod.Post, "/v1/incidents/{id}/shares", new("with", "A receiver's or blocklist's name", true), new("words", "What was said", true))),
        Verbs.Group("abuse", "Abuse reports: list, show, decide",
            List(verbs, "All of them, or --open true", "/v1/abuse", "cases", ["id", "at", "source", "tenant", "sender", "verdict"], new("open", "true: those without a verdict"), new("tenant", "Only about this tenant"), new("source", "form, letter, feedback, help or complaint")),
            Call(verbs, "show", "One with its evidence", HttpMethod.Get, "/v1/abuse/{id}"),
            Call(verbs, "decide", "Decide about it", HttpMethod.Post, "/v1/abuse/{id}", new("verdict", "spam, phishing, malware, notAbuse, notOurs or duplicate", true), new("action", "What was done", true))),
        Verbs.Group("vetting", "Who a tenant is: show, decide, check",
            Call(verbs, "show", "What its policy demands, and what is there", HttpMethod.Get, "/v1/tenants/{tenant}/vetting"),
            Call(verbs, "decide", "End it", HttpMethod.Post, "/v1/tenants/{tenant}/vetting/decision", new("verdict", "verified or rejected", true), Reason),
            Call(verbs, "check", "A chapter of the checklist", HttpMethod.Put, "/v1/tenants/{tenant}/vetting/checklist/{item}", new("verdict", "pass, fail or open", true), new("evidence", "What it rests on", true)),
            Call(verbs, "domain", "Look for a sending domain's record now", HttpMethod.Post, "/v1/tenants/{tenant}/vetting/domains/{domain}/check")),
        Verbs.Group("scope", "A tenant's streams and campaigns: list, suspend, let go on",
            List(verbs, "Those with a standing of their own", "/v1/tenants/{tenant}/scopes", "scopes", ["scope", "state", "since", "clause", "reason"]),
            Call(verbs, "state", "Move one to a state", HttpMethod.Post, "/v1/tenants/{tenant}/scopes/{kind}/{name}/state", new("state", "active or suspended", true), Reason)),
        Verbs.Group("exception", "A tenant's exceptions from its policy: list, put, end",
            List(verbs, "All of them", "/v1/tenants/{tenant}/overrides", "overrides", ["clause", "threshold", "waived", "at", "by", "reason"]),
            Call(verbs, "put", "Another threshold, or none", HttpMethod.Put, "/v1/tenants/{tenant}/overrides/{clause}", new("threshold", "A fraction, or a number", Kind: CallFieldKind.Number), new("waived", "It isn't judged", Kind: CallFieldKind.Flag), Reason),
            Call(verbs, "end", "The policy holds again", HttpMethod.Delete, "/v1/tenants/{tenant}/overrides/{clause}", Reason)),
        Verbs.Group("pool", "Pools of sending IPs: list", List(verbs, "IPs with their pools", "/v1/ips", "ips", ["pool", "ip", "state", "delivered=counters.delivered", "deferred=counters.deferred"])),
        Verbs.Group("template", "A tenant's templates: list, show, put, remove",
            List(verbs, "All of them", "/v1/templates", "templates", ["name", "subject"]),
            Call(verbs, "show", "One", HttpMethod.Get, "/v1/templates/{name}"),
            Call(verbs, "put", "Write or change one", HttpMethod.Put, "/v1/templates/{name}", new("subject", "Its subject", true), new("text", "As text"), new("html", "As HTML")),
            Call(verbs, "remove", "Remove one", HttpMethod.Delete, "/v1/templates/{name}")),
        Verbs.Group("consent", "How a tenant's recipients agreed: list, show, put, revoke, erase",
            List(verbs, "All records", "/v1/consents", "consents", ["address", "topic", "method", "at", "list", "revoked=revokedAt"]),
            Call(verbs, "show", "Of one recipient", HttpMethod.Get, "/v1/consents/{address}"),
            Call(verbs, "put", "Write one down", HttpMethod.Put, "/v1/consents/{address}", new("method", "Such as double-opt-in", true), new("at", "When, RFC 3339", true), new("topic", "To hear about what"), new("list", "The list"), new("source", "Where it was given"), new("evidence", "Reference to the proof")),
            Call(verbs, "revoke", "Take it back", HttpMethod.Post, "/v1/consents/{address}/revoke", new CallField("topic", "Only for this topic")),
            Call(verbs, "erase", "Forget it; a suppression stays", HttpMethod.Delete, "/v1/consents/{address}")),
    ];
}
