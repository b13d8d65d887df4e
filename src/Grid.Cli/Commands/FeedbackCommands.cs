using System.CommandLine;
using System.Text.Json.Nodes;

namespace Grid.Cli.Commands;

/// <summary>grid feedback: reports by hand, for the operator.</summary>
internal static class FeedbackCommands
{
    public static Command Make(Verbs verbs)
    {
        var file = Verbs.Word("file", "A whole message; - reads the input");
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and say; change nothing" };
        var code = new Argument<int>("code") { Description = "Such as 550" };
        var text = Verbs.Word("text", "The receiver's words");
        var (enhanced, host) = (Verbs.Text("--enhanced", "Such as 5.1.1"), Verbs.Text("--host", "The receiver"));
        return Verbs.Group(
            "feedback",
            "Bounces and complaints by hand; how a reply is read",
            verbs.Make("send", "Hand in a bounce or complaint, trusted as your word", [file, dryRun], async (session, parsed, ct) => await session.AskAsync(
                HttpMethod.Post, "/v1/feedback" + (parsed.GetValue(dryRun) ? "?dryRun=true" : ""), null, static (screen, answer) => screen.Card(answer), ct,
                "message/rfc822", await session.ReadAsync(parsed.GetValue(file)!, ct))),
            verbs.Make("classify", "How one SMTP reply is read", [code, text, enhanced, host], (session, parsed, ct) =>
            {
                var body = new JsonObject { ["code"] = parsed.GetValue(code), ["text"] = parsed.GetValue(text) };
                Body.Set(body, "enhanced", parsed.GetValue(enhanced));
                Body.Set(body, "host", parsed.GetValue(host));
                return session.AskAsync(HttpMethod.Post, "/v1/classify", body, static (screen, answer) => screen.Card(answer), ct);
            }));
    }
}
