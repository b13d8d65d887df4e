using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Client;

namespace Grid.Cli.Commands;

/// <summary>grid send: a message, with a tenant's key.</summary>
internal static class SendCommand
{
    public static Command Make(Verbs verbs)
    {
        var (from, to, subject) = (Verbs.Text("--from", "Sender"), Verbs.Several("--to", "Recipient; may be repeated"), Verbs.Text("--subject", "Subject"));
        var (text, html) = (Verbs.Text("--text", "Text; - reads the input"), Verbs.Text("--html", "HTML; - reads the input"));
        var (cc, bcc) = (Verbs.Several("--cc", "Recipient"), Verbs.Several("--bcc", "Hidden recipient"));
        var (stream, campaign) = (Verbs.Text("--stream", "bulk or transactional"), Verbs.Text("--campaign", "Campaign"));
        var attach = Verbs.Several("--attach", "A file; may be repeated");
        var file = Verbs.Text("--file", "The whole request as JSON; - reads the input");
        var repeat = Verbs.Text("--idempotency-key", "The same key never sends twice within 24 h");
        var check = new Option<bool>("--check") { Description = "Say what would happen; keep nothing" };
        stream.AcceptOnlyFromAmong("bulk", "transactional");
        return verbs.Make("send", "Send a message", [from, to, subject, text, html, cc, bcc, stream, campaign, attach, file, repeat, check], async (session, parsed, ct) =>
        {
            var body = parsed.GetValue(file) is { } whole ? Body.Parse(await session.ReadAsync(whole, ct)) : new JsonObject();
            Body.Set(body, "from", parsed.GetValue(from));
            Body.Set(body, "to", parsed.GetValue(to));
            Body.Set(body, "cc", parsed.GetValue(cc));
            Body.Set(body, "bcc", parsed.GetValue(bcc));
            Body.Set(body, "subject", parsed.GetValue(subject));
            Body.Set(body, "text", parsed.GetValue(text) is "-" ? await session.ReadAsync("-", ct) : parsed.GetValue(text));
            Body.Set(body, "html", parsed.GetValue(html) is "-" ? await session.ReadAsync("-", ct) : parsed.GetValue(html));
            Body.Set(body, "stream", parsed.GetValue(stream));
            Body.Set(body, "campaign", parsed.GetValue(campaign));
            if (parsed.GetValue(attach) is { Length: > 0 } files)
            {
                body["attachments"] = new JsonArray([.. await Task.WhenAll(files.Select(async name => (JsonNode)await AttachAsync(name, ct)))]);
            }

            if (parsed.GetValue(check))
            {
                return await session.AskAsync(HttpMethod.Post, "/v1/messages/check", body, static (screen, answer) => screen.Card(answer), ct);
            }

            var answer = await session.Client.CallAsync(HttpMethod.Post, "/v1/messages", body.ToJsonString(), idempotencyKey: parsed.GetValue(repeat) ?? Guid.NewGuid().ToString("N"), cancellationToken: ct);
            return Show(session, answer);
        });
    }

    /// <summary>A recipient that is not mailed is a refusal, though the message was taken for others.</summary>
    public static int Show(Session session, GridAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            session.Screen.Problem(answer);
            return ExitCode.Refused;
        }

        session.Screen.Card(answer.Json!);
        return (answer.Json!["results"] as JsonArray ?? [answer.Json!.DeepClone()]).All(IsTaken) ? ExitCode.Done : ExitCode.Refused;
    }

    private static bool IsTaken(JsonNode? message) => message?["recipients"] is JsonArray { Count: > 0 } recipients && recipients.All(recipient => recipient!["status"]!.GetValue<string>() is "queued" or "held");

    private static async Task<JsonObject> AttachAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var content = await File.ReadAllBytesAsync(file, cancellationToken);
            return new() { ["filename"] = Path.GetFileName(file), ["contentType"] = "application/octet-stream", ["content"] = Convert.ToBase64String(content) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {e.Message}");
        }
    }
}
