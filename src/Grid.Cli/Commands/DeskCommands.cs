using System.CommandLine;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>What people decide about: cases, held mail, incidents, reports, vetting, scopes, exceptions.</summary>
internal static class DeskCommands
{
    public static IEnumerable<Command> Make(Verbs verbs) =>
    [
        Verbs.Group("case", "Cases: list, show, open, add to the file, close, message, export",
            List(verbs, "All of them, or --state open", "/v1/cases", "cases", ["id", "subject", "kind", "openedAt", "owner", "verdict", "words"], new("state", "open or closed", OneOf: ["open", "closed"]), new("subject", "Such as tenant/acme"), new("overdue", "Only those that nobody looked into in time", Kind: CallFieldKind.Flag)),
            Call(verbs, "show", "One with its evidence", HttpMethod.Get, "/v1/cases/{id}"),
            Call(verbs, "open", "Open one", HttpMethod.Post, "/v1/cases", new("subject", "Such as tenant/acme", true), new("words", "What it is about", true)),
            Call(verbs, "note", "Add to its file", HttpMethod.Post, "/v1/cases/{id}/notes", new("kind", "note, message (to the tenant), owner, cost, hold or release", true, OneOf: ["note", "message", "owner", "cost", "hold", "release"]), new("words", "What", true), new("amount", "Of a cost", Kind: CallFieldKind.Number), new("currency", "Of a cost, three letters"), new("tenant", "Of a cost: whom it is charged to")),
            Call(verbs, "close", "Close it", HttpMethod.Post, "/v1/cases/{id}/verdict", new("verdict", "Such as no-action, unfounded, resolved", true), CallField.Reason),
            Save(verbs, "message", "A message of its tenant, where it is still kept; that you looked is in the file", new("/v1/cases/{id}/messages/{message}")),
            Save(verbs, "export", "The whole case as one ZIP file; --out says where", new("/v1/cases/{id}/export"))),
        Verbs.Group("finding", "Findings: report one, which the subject's policy judges",
            Call(verbs, "report", "Report one", HttpMethod.Post, "/v1/findings", new("subject", "tenant/ID, ip/ADDRESS or domain/NAME", true), new("signal", "As the language of policies names it", true), new("evidence", "What it rests on", true), new("value", "What was measured", Kind: CallFieldKind.Number),
                new("campaign", "The campaign that it is about"), new("stream", "The stream that it is about"), new("messageId", "The message that it is about"), new("tenant", "The tenant that it is about, where the subject is another"), new("id", "The reporter's own; the same one counts once"))),
        Verbs.Group("held", "Mail that a policy holds for review: list, show, content, release, cancel",
            List(verbs, "The oldest first", "/v1/held", "messages", ["id", "tenant", "at", "clause", "words"], new CallField("tenant", "Only this tenant's")),
            Call(verbs, "show", "Why it is held", HttpMethod.Get, "/v1/held/{id}"),
            Save(verbs, "content", "The message itself", new("/v1/held/{id}/content")),
            Call(verbs, "release", "Let it go", HttpMethod.Post, "/v1/held/{id}/release", CallField.Reason),
            Call(verbs, "cancel", "Cancel it: it is never sent", HttpMethod.Post, "/v1/held/{id}/cancel", CallField.Reason)),
        Verbs.Group("incident", "Incidents with receivers and blocklists: list, show, share",
            List(verbs, "Of the last 30 days", "/v1/incidents", "incidents", ["id", "at", "subject", "source", "cause", "ended=endedAt"], new("subject", "Such as ip/192.0.2.1"), new("from", "Since then, RFC 3339"), new("to", "Until then")),
            Call(verbs, "show", "One with the tenants behind it", HttpMethod.Get, "/v1/incidents/{id}", new CallField("format", "text: what may be shown to a receiver", OneOf: ["json", "text"])),
            Call(verbs, "share", "Note who was told", HttpMethod.Post, "/v1/incidents/{id}/shares", new("with", "A receiver's or blocklist's name", true), new("words", "What was said", true))),
        Verbs.Group("abuse", "Abuse reports: list, show, decide",
            List(verbs, "All of them, or --open true", "/v1/abuse", "cases", ["id", "at", "source", "tenant", "sender", "verdict"], new("open", "true: those without a verdict", OneOf: ["true", "false"]), new("tenant", "Only about this tenant"), new("source", "form, letter, feedback, help or complaint", OneOf: ["form", "letter", "feedback", "help", "complaint"])),
            Call(verbs, "show", "One with its evidence", HttpMethod.Get, "/v1/abuse/{id}"),
            Call(verbs, "decide", "Decide about it", HttpMethod.Post, "/v1/abuse/{id}", new("verdict", "spam, phishing, malware, notAbuse, notOurs or duplicate", true, OneOf: ["spam", "phishing", "malware", "notAbuse", "notOurs", "duplicate"]), new("action", "What was done", true), CallField.Why)),
        Verbs.Group("vetting", "Who a tenant is: show, put, accept, attest, address, domain, check, decide",
            [.. AccountCommands.Vetting(verbs, "/v1/tenants/{tenant}/vetting", CallField.Why),
            Call(verbs, "decide", "End it", HttpMethod.Post, "/v1/tenants/{tenant}/vetting/decision", new("verdict", "verified or rejected", true, OneOf: ["verified", "rejected"]), CallField.Reason),
            Call(verbs, "check", "A chapter of the checklist", HttpMethod.Put, "/v1/tenants/{tenant}/vetting/checklist/{item}", new("verdict", "pass, fail or open", true, OneOf: ["pass", "fail", "open"]), new("evidence", "What it rests on", true), CallField.Why)]),
        Verbs.Group("scope", "A tenant's streams and campaigns: list, suspend, let go on",
            List(verbs, "Those with a standing of their own", "/v1/tenants/{tenant}/scopes", "scopes", ["scope", "state", "since", "clause", "reason"]),
            Call(verbs, "state", "Move one to a state", HttpMethod.Post, "/v1/tenants/{tenant}/scopes/{kind}/{name}/state", new("state", "active or suspended", true, OneOf: ["active", "suspended"]), CallField.Reason)),
        Verbs.Group("exception", "A tenant's exceptions from its policy: list, put, end",
            List(verbs, "All of them", "/v1/tenants/{tenant}/overrides", "overrides", ["clause", "threshold", "waived", "at", "by", "reason"]),
            Call(verbs, "put", "Another threshold, or none", HttpMethod.Put, "/v1/tenants/{tenant}/overrides/{clause}", new("threshold", "A fraction, or a number", Kind: CallFieldKind.Number), new("waived", "It isn't judged", Kind: CallFieldKind.Flag), CallField.Reason),
            Call(verbs, "end", "The policy holds again", HttpMethod.Delete, "/v1/tenants/{tenant}/overrides/{clause}", CallField.Reason)),
        Verbs.Group("pool", "Pools of sending IPs: list", List(verbs, "IPs with their pools", "/v1/ips", "ips", ["pool", "ip", "state", "delivered=counters.delivered", "deferred=counters.deferred"])),
    ];
}
