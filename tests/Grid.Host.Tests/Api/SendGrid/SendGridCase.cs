using System.Text.Json.Nodes;

namespace Grid.Host.Tests.Api.SendGrid;

/// <summary>One thing that SendGrid's document lets a client ask for, and what Grid does about it.</summary>
/// <param name="Verdict">served, refused or passed over.</param>
/// <param name="Words">Refused: the field and its error. Otherwise what happens.</param>
/// <param name="Change">Makes the request of a plain mail.</param>
/// <param name="Sees">Served: a text that the delivered message has; null where that isn't looked at.</param>
internal sealed record SendGridCase(string Name, string Verdict, string Words, Action<JsonObject> Change, string? Sees = null)
{
    public static IReadOnlyList<SendGridCase> All { get; } =
    [
        Served("plain mail", "202 with X-Message-Id", _ => { }, "\r\nSubject: Hello\r\n"),
        Served("to with a name", "shown in To", m => First(m)["to"]![0]!["name"] = "Doe, \"J\"", "Doe, \\\"J\\\"\" <"),
        Served("cc and bcc", "cc shown, bcc not", m =>
        {
            First(m)["cc"] = Addresses("cc@sgc.example");
            First(m)["bcc"] = Addresses("bcc@sgc.example");
        }, "\r\nCc: cc@sgc.example"),
        Served("several personalizations", "a message each", m => m["personalizations"]!.AsArray().Add(new JsonObject { ["to"] = Addresses("second@sgc.example") })),
        Served("personalizations.from", "instead of the mail's own", m => First(m)["from"] = new JsonObject { ["email"] = "other@sgt.example" }, "\r\nFrom: other@sgt.example"),
        Served("personalizations.subject", "instead of the mail's own", m => First(m)["subject"] = "Own", "\r\nSubject: Own\r\n"),
        Served("personalizations.headers", "beside the mail's own, and before them", m =>
        {
            m["headers"] = new JsonObject { ["X-A"] = "1", ["X-B"] = "1" };
            First(m)["headers"] = new JsonObject { ["x-b"] = "2" };
        }, "\r\nX-B: 2\r\n"),
        Served("personalizations.substitutions", "replaced in subject and content", m =>
        {
            First(m)["substitutions"] = new JsonObject { ["-name-"] = "Ann" };
            m["subject"] = "Dear -name-";
        }, "\r\nSubject: Dear Ann\r\n"),
        Served("personalizations.custom_args", "kept as metadata, in events", m => First(m)["custom_args"] = new JsonObject { ["order"] = "7" }),
        Served("personalizations.send_at", "not before", m => First(m)["send_at"] = 1),
        Served("reply_to", "Reply-To", m => m["reply_to"] = new JsonObject { ["email"] = "r@sgt.example" }, "\r\nReply-To: r@sgt.example"),
        Served("reply_to_list of one", "Reply-To", m => m["reply_to_list"] = Addresses("r@sgt.example"), "\r\nReply-To: r@sgt.example"),
        Served("content text/plain and text/html", "multipart/alternative", m => m["content"]!.AsArray().Add(Content("text/html", "<b>Hi</b>")), "multipart/alternative"),
        Served("attachments", "attached", m => m["attachments"] = new JsonArray(Attachment()), "filename=\"a.txt\""),
        Served("attachments inline", "inline with its content id", m => m["attachments"] = new JsonArray(With(Attachment(), ("disposition", "inline"), ("content_id", "c1"))), "Content-ID: <c1>"),
        Served("headers", "as given", m => m["headers"] = new JsonObject { ["X-Own"] = "1" }, "\r\nX-Own: 1\r\n"),
        Served("headers X-Grid-Stream", "the stream, bulk or transactional", m => m["headers"] = new JsonObject { ["X-Grid-Stream"] = "transactional" }),
        Served("categories", "kept as metadata, the first as campaign", m => m["categories"] = new JsonArray("spring", "b")),
        Served("custom_args", "kept as metadata, in events", m => m["custom_args"] = new JsonObject { ["order"] = "7" }),
        Served("send_at", "not before, at most 30 days ahead", m => m["send_at"] = 1),
        Served("asm", "kept as metadata; unsubscribing is Grid's own", m => m["asm"] = new JsonObject { ["group_id"] = 1 }),
        Served("mail_settings.footer", "added below the content", m => m["mail_settings"] = new JsonObject { ["footer"] = new JsonObject { ["enable"] = true, ["text"] = "-- \nAcme" } }, "Acme"),
        Served("mail_settings.sandbox_mode", "checked, nothing kept: 200", m => m["mail_settings"] = new JsonObject { ["sandbox_mode"] = Switch(true) }),
        Passed("tracking_settings", "nothing is tracked", m => m["tracking_settings"] = new JsonObject { ["click_tracking"] = Switch(true), ["open_tracking"] = Switch(true) }),
        Passed("tracking_settings.subscription_tracking", "unsubscribing is Grid's own", m => m["tracking_settings"] = new JsonObject { ["subscription_tracking"] = Switch(true) }),
        Passed("ip_pool_name", "the operator chooses a tenant's pool", m => m["ip_pool_name"] = "main"),
        Passed("mail_settings that are off", "nothing to do", m => m["mail_settings"] = new JsonObject { ["bypass_list_management"] = Switch(false) }),
        Passed("unknown fields", "not ours to judge", m => m["something_new"] = new JsonObject()),
        Refused("no personalizations", "personalizations: must be 1 to 1000", m => m["personalizations"] = new JsonArray()),
        Refused("1,001 personalizations", "personalizations: must be 1 to 1000", m => m["personalizations"] = new JsonArray([.. Enumerable.Range(0, 1001).Select(_ => new JsonObject())])),
        Refused("1,001 recipients", "personalizations: must have at most 1000 recipients in all", m =>
            m["personalizations"] = new JsonArray([.. Enumerable.Range(0, 1001).Select(i => new JsonObject { ["to"] = Addresses($"u{i}@sgc.example") }).Chunk(2).Select(pair => (JsonNode)new JsonObject { ["to"] = new JsonArray([.. pair.Select(p => p["to"]![0]!.DeepClone())]) })])),
        Refused("no to", "personalizations.0.to: is required", m => First(m).Remove("to")),
        Refused("bad address", "personalizations.0.to.0.email: must be an address such as a@b.example or Name <a@b.example>", m => First(m)["to"]![0]!["email"] = "nobody"),
        Refused("one address twice", "personalizations.0: must have each address once; two@sgc.example is there more than once", m => First(m)["to"] = Addresses("two@sgc.example", "two@sgc.example")),
        Refused("no from", "from.email: is required", m => m.Remove("from")),
        Refused("from of another", "from.email: must be in one of the tenant's sending domains: sgt.example", m => m["from"]!["email"] = "a@elsewhere.example"),
        Refused("no subject", "subject: is required", m => m.Remove("subject")),
        Refused("no content", "content: must have at least one part", m => m.Remove("content")),
        Refused("empty content", "content.0.value: must be at least one character", m => m["content"] = new JsonArray(Content("text/plain", ""))),
        Refused("text/html before text/plain", "content.1.type: text/plain must come before text/html", m => m["content"] = new JsonArray(Content("text/html", "a"), Content("text/plain", "a"))),
        Refused("other content", "content.1.type: must be text/plain or text/html; other types are not served", m => m["content"]!.AsArray().Add(Content("text/x-amp-html", "a"))),
        Refused("template_id of none", "template_id: there is no template 'd-1'", m => m["template_id"] = "d-1"),
        Refused("dynamic_template_data without template_id", "personalizations.0.dynamic_template_data: goes with template_id only; without it, use substitutions", m => First(m)["dynamic_template_data"] = new JsonObject()),
        Refused("batch_id", "batch_id: batches are not served; cancel a message by its id", m => m["batch_id"] = "b"),
        Refused("reply_to and reply_to_list", "reply_to_list: cannot be given together with reply_to", m =>
        {
            m["reply_to"] = new JsonObject { ["email"] = "r@sgt.example" };
            m["reply_to_list"] = Addresses("r@sgt.example");
        }),
        Refused("reply_to_list of two", "reply_to_list: more than one address to reply to is not served", m => m["reply_to_list"] = Addresses("r@sgt.example", "s@sgt.example")),
        Refused("attachment without a name", "attachments.0.filename: is required", m => m["attachments"] = new JsonArray(With(Attachment(), ("filename", "")))),
        Refused("attachment that is not base64", "attachments.0.content: the value is of the wrong kind, or no valid Unicode", m => m["attachments"] = new JsonArray(With(Attachment(), ("content", "%")))),
        Refused("11 categories", "categories: must be at most 10, each once, of 1 to 255 characters", m => m["categories"] = new JsonArray([.. Enumerable.Range(0, 11).Select(i => (JsonNode)$"c{i}")])),
        Refused("large custom_args", "custom_args: must be at most 3500 bytes", m => m["custom_args"] = new JsonObject { ["a"] = new string('x', 3500) }),
        Refused("large substitutions", "personalizations.0.substitutions: must be at most 10000 bytes", m => First(m)["substitutions"] = new JsonObject { ["a"] = new string('x', 10_000) }),
        Refused("send_at too far ahead", "send_at: must be at most 30 days ahead", m => m["send_at"] = 4_000_000_000),
        Refused("send_at that is no time", "send_at: must be a time in seconds since 1970", m => m["send_at"] = -1),
        Refused("asm without a group", "asm: must have a group_id, and at most 25 groups_to_display", m => m["asm"] = new JsonObject()),
        Refused("bypass_list_management", "mail_settings.bypass_list_management.enable: suppressed addresses are never mailed", m => m["mail_settings"] = new JsonObject { ["bypass_list_management"] = Switch(true) }),
        Refused("bypass_unsubscribe_management", "mail_settings.bypass_unsubscribe_management.enable: suppressed addresses are never mailed", m => m["mail_settings"] = new JsonObject { ["bypass_unsubscribe_management"] = Switch(true) }),
        Refused("a header of the grid's own", "headers.X-Grid-Ref: cannot be set: names that begin with X-Grid- are the grid's own", m => m["headers"] = new JsonObject { ["X-Grid-Ref"] = "1" }),
    ];

    /// <summary>The mail that every case changes.</summary>
    public static JsonObject Mail(string to) => new()
    {
        ["personalizations"] = new JsonArray(new JsonObject { ["to"] = Addresses(to) }),
        ["from"] = new JsonObject { ["email"] = "a@sgt.example" },
        ["subject"] = "Hello",
        ["content"] = new JsonArray(Content("text/plain", "Hi")),
    };

    private static SendGridCase Served(string name, string words, Action<JsonObject> change, string? sees = null) => new(name, "served", words, change, sees);

    private static SendGridCase Passed(string name, string words, Action<JsonObject> change) => new(name, "passed over", words, change);

    private static SendGridCase Refused(string name, string words, Action<JsonObject> change) => new(name, "refused", words, change);

    private static JsonObject First(JsonObject mail) => mail["personalizations"]![0]!.AsObject();

    private static JsonArray Addresses(params string[] emails) => new([.. emails.Select(email => (JsonNode)new JsonObject { ["email"] = email })]);

    private static JsonObject Content(string type, string value) => new() { ["type"] = type, ["value"] = value };

    private static JsonObject Attachment() => new() { ["content"] = "SGk=", ["type"] = "text/plain", ["filename"] = "a.txt" };

    private static JsonObject With(JsonObject json, params (string Name, string Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            json[name] = value;
        }

        return json;
    }

    private static JsonObject Switch(bool on) => new() { ["enable"] = on };
}
