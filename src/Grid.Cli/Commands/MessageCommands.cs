using System.CommandLine;

namespace Grid.Cli.Commands;

/// <summary>grid message: what became of one, with a tenant's key.</summary>
internal static class MessageCommands
{
    public static Command Make(Verbs verbs)
    {
        var id = Verbs.Word("id", "The message's id");
        return Verbs.Group(
            "message",
            "A message: show, cancel",
            verbs.Make("show", "What became of it", [id], (session, parsed, ct) =>
                session.GetAsync("/v1/messages/" + Verbs.Part(parsed.GetValue(id)!), static (screen, answer) => screen.Card(answer), ct)),
            verbs.Make("cancel", "Withdraw what has not left", [id], (session, parsed, ct) =>
                session.AskAsync(HttpMethod.Delete, "/v1/messages/" + Verbs.Part(parsed.GetValue(id)!), null, static (screen, answer) => screen.Card(answer), ct)));
    }
}
