using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Client;

namespace Grid.Cli.Commands;

/// <summary>grid feedback: reports by hand, for the operator.</summary>
internal static class FeedbackCommands
{
    public static Command Make(Verbs verbs)
    {
        var (file, reason) = (Verbs.Word("file", "A whole message; - reads the input"), Verbs.Reason());
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and say; change nothing" };
        var code = new Argument<int>("code") { Description = "Such as 550" };
        var text = Verbs.Word("text", "The receiver's words");
        var (enhanced, host, command) = (Verbs.Text("--enhanced", "Such as 5.1.1"), Verbs.Text("--host", "The receiver"), Verbs.Text("--command", "What it answers: connect, mail, rcpt or data"));
        command.AcceptOnlyFromAmong("connect", "mail", "rcpt", "data");
        return Verbs.Group(
            "feedback",
            "Bounces and complaints by hand; how a reply is read",
            verbs.Make("send", "Hand in a bounce or complaint, trusted as your word", [file, dryRun, reason], async (session, parsed, ct) => await session.AskAsync(
                new(HttpMethod.Post, "/v1/feedback" + (parsed.GetValue(dryRun) ? "?dryRun=true" : ""))
                {
                    Bytes = await session.ReadBytesAsync(parsed.GetValue(file)!, ct),
                    MediaType = "message/rfc822",
                    Reason = parsed.GetValue(reason),
                },
                static (screen, answer) => screen.Card(answer),
                ct)),
            verbs.Make("classify", "How one SMTP reply is read", [code, text, enhanced, host, command], (session, parsed, ct) =>
            {
                var body = new JsonObject { ["code"] = parsed.GetValue(code), ["text"] = parsed.GetValue(text) };
                Body.Set(body, "enhanced", parsed.GetValue(enhanced));
                Body.Set(body, "host", parsed.GetValue(host));
                Body.Set(body, "command", parsed.GetValue(command));
                return session.AskAsync(HttpMethod.Post, "/v1/classify", body, static (screen, answer) => screen.Card(answer), ct);
            }));
    }
}
