using Microsoft.OpenApi;

namespace Grid.Host.Api.OpenApi;

/// <summary>Words for endpoints, and the parameters that they read by themselves. An endpoint that isn't here is named after its method and path.</summary>
internal static class EndpointTexts
{
    private static readonly Dictionary<string, string> Summaries = new(StringComparer.Ordinal)
    {
        ["GET v1/tenants"] = "All tenants, with state, counters and rates",
        ["PUT v1/tenants/{tenant}"] = "Set up or change a tenant",
        ["GET v1/tenants/{tenant}"] = "A tenant, with state, counters and rates",
        ["POST v1/tenants/{tenant}/state"] = "Move a tenant to a state; a terminated one never returns",
        ["POST v1/tenants/{tenant}/keys"] = "Make an API key; it is shown this once",
        ["GET v1/tenants/{tenant}/keys"] = "A tenant's keys, by id",
        ["DELETE v1/tenants/{tenant}/keys/{id}"] = "Revoke a key, at once",
        ["GET v1/tenants/{tenant}/scopes"] = "A tenant's streams and campaigns that have a standing of their own",
        ["POST v1/tenants/{tenant}/scopes/{kind}/{name}/state"] = "Suspend one stream or campaign of a tenant, or let it go on",
        ["GET v1/tenants/{tenant}/children"] = "The tenants that belong to a tenant, with their counters together",
        ["GET v1/children"] = "The tenants that belong to this one",
        ["POST v1/children/{child}/state"] = "Suspend a tenant that belongs to this one, or let it go on",
        ["GET v1/consents"] = "How recipients agreed, by address",
        ["GET v1/consents/{address}"] = "How one recipient agreed, by topic",
        ["PUT v1/consents/{address}"] = "Write down how a recipient agreed; an older record changes nothing",
        ["DELETE v1/consents/{address}"] = "Erase what is known of a recipient's consent; suppressions stay",
        ["POST v1/consents/{address}/revoke"] = "A recipient takes consent back",
        ["POST v1/consents/{address}/confirmation"] = "Ask a recipient by mail to confirm (double opt-in)",
        ["POST v1/consents/import"] = "Take records as CSV or lines of JSON",
        ["GET v1/consents/export"] = "All records, as lines of JSON",
        ["GET v1/consents/lists"] = "What each list rests on: lawful basis, method, how many",
        ["GET v1/consents/evidence/{message}"] = "What proves that a message's recipients agreed, as a complaint asks for it",
        ["GET v1/tenants/{tenant}/webhooks"] = "A tenant's webhooks and how they fare",
        ["GET v1/ips"] = "All sending IPs",
        ["PUT v1/ips/{ip}"] = "Set up or change a sending IP",
        ["GET v1/ips/{ip}"] = "A sending IP, with state, counters and allowance",
        ["POST v1/ips/{ip}/state"] = "Move a sending IP to a state",
        ["GET v1/domains/{domain}"] = "A recipient domain, with limits, state and counters",
        ["PUT v1/domains/{domain}/limits"] = "Limit what goes to a recipient domain",
        ["POST v1/domains/{domain}/state"] = "Move a recipient domain to a state",
        ["GET v1/policies"] = "All policies",
        ["GET v1/policies/{name}"] = "A policy as it is in force, as JSON or YAML",
        ["PUT v1/policies/{name}"] = "Put a policy in force: in every grain when this is answered",
        ["POST v1/policies/{name}/preview"] = "What a policy would have decided on the recorded outcomes; changes nothing",
        ["GET v1/decisions"] = "The ledger, newest first",
        ["GET v1/queue"] = "What is queued, by domain and by tenant; or of one of them, however small",
        ["POST v1/queue/flush"] = "Make what waits due now",
        ["POST v1/queue/pause"] = "Hold mail back",
        ["POST v1/queue/resume"] = "Let held mail go",
        ["POST v1/queue/cancel"] = "Withdraw mail for good",
        ["POST v1/feedback"] = "A bounce, complaint or abuse report by hand, trusted as the operator's word",
        ["GET v1/tls-reports"] = "Reports sent to domains about the TLS of their mail hosts (RFC 8460), newest first",
        ["GET v1/tls-reports/{id}"] = "A report as it was sent, and how its deliveries came out",
        ["POST v1/tls-reports"] = "Report to a domain now what was gathered so far today; the day's own report is about what follows",
        ["POST v1/classify"] = "How one SMTP reply is read",
        ["POST v1/messages"] = "Send a message: 202 when it is on the disk",
        ["POST v1/messages/batch"] = "Send up to 1,000 messages; results in order",
        ["POST v1/messages/raw"] = "Send a whole message/rfc822",
        ["POST v1/messages/check"] = "What would happen to a message; nothing is kept",
        ["GET v1/messages/{id}"] = "What became of a message",
        ["DELETE v1/messages/{id}"] = "Cancel what has not left",
        ["GET v1/events"] = "Outcomes after a cursor, oldest first; text/event-stream goes on",
        ["GET v1/webhooks"] = "All webhooks and how they fare",
        ["PUT v1/webhooks/{name}"] = "Set up or change a webhook; the secret is shown this once",
        ["GET v1/webhooks/{name}"] = "A webhook and how it fares",
        ["DELETE v1/webhooks/{name}"] = "Remove a webhook",
        ["POST v1/webhooks/{name}/pause"] = "Let a webhook rest; nothing is lost",
        ["POST v1/webhooks/{name}/resume"] = "Go on where a webhook stopped",
        ["POST v1/webhooks/{name}/replay"] = "Send a webhook again what happened since a time",
        ["POST v1/webhooks/{name}/secret"] = "A new secret for a webhook; the old one signs too for a day",
        ["GET v1/suppressions"] = "Addresses that are not mailed",
        ["PUT v1/suppressions/{address}"] = "Mail an address no more",
        ["DELETE v1/suppressions/{address}"] = "Mail an address again; manual suppressions only",
        ["GET v1/reputation"] = "The tenant's own standing: thresholds, how far they are, what to correct",
        ["POST v3/mail/send"] = "SendGrid's v3 mail send",
        ["GET health/live"] = "The process runs",
        ["GET health/ready"] = "The process takes mail",
        ["GET metrics"] = "Metrics as Prometheus text",
    };

    /// <summary>The words; null where there are none.</summary>
    public static string? Summary(string method, string path) => Summaries.GetValueOrDefault($"{method} {path}");

    /// <summary>Parameters beside those of the path that an endpoint reads from query or header by itself.</summary>
    public static IEnumerable<IOpenApiParameter> Parameters(string method, string path) => (method, path) switch
    {
        ("GET", "v1/events") =>
        [
            Query("after", JsonSchemaType.String, "The next of an earlier answer; absent: from the beginning of what is kept."), Limit(),
            Query("wait", JsonSchemaType.Integer, "Seconds to wait for an outcome when there is none, 0 to 60; default 0."),
            Header("Last-Event-ID", "For text/event-stream: the id of the last event seen; goes before after."),
        ],
        ("GET", "v1/tenants" or "v1/ips" or "v1/suppressions") => [Query("after", JsonSchemaType.String, "The next of an earlier answer."), Limit()],
        ("GET", "v1/decisions") =>
        [
            Query("subject", JsonSchemaType.String, "tenant/ID, ip/ADDRESS or domain/NAME; absent: all."),
            Query("before", JsonSchemaType.String, "The id of the last decision seen."), Limit(),
        ],
        ("POST", "v1/messages" or "v1/messages/batch") => [IdempotencyKey()],
        ("POST", "v1/messages/raw") =>
        [
            Query("to", JsonSchemaType.String, "A recipient; repeated for several.", required: true), Query("stream", JsonSchemaType.String, "bulk (the default) or transactional."),
            Query("campaign", JsonSchemaType.String, "At most 100 characters."), IdempotencyKey(),
        ],
        ("POST", "v1/feedback") => [Query("dryRun", JsonSchemaType.Boolean, "true: read and say, and change nothing.")],
        _ => [],
    };

    private static OpenApiParameter Limit() => Query("limit", JsonSchemaType.Integer, "Most entries, 1 to 1,000; default 100.");

    private static OpenApiParameter IdempotencyKey() => Header("Idempotency-Key", "1 to 255 visible characters; a repeat within 24 h is answered as the first was, and keeps nothing twice.");

    private static OpenApiParameter Query(string name, JsonSchemaType type, string description, bool required = false) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Required = required, Schema = new OpenApiSchema { Type = type } };

    private static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
