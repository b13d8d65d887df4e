using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>grid event: outcomes, with a tenant's key.</summary>
internal static class EventCommands
{
    private static readonly Column[] Columns = [.. ((string[])["id", "at", "type", "recipient", "messageId", "reply=reply.text", "reason"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs)
    {
        var after = Verbs.Text("--after", "A cursor: the id of the last one seen");
        var limit = Verbs.Limit(100);
        return Verbs.Group(
            "event",
            "Outcomes: list, follow",
            verbs.Make("list", "Outcomes after a cursor, oldest first", [after, limit], (session, parsed, ct) => session.GetAsync(
                FormattableString.Invariant($"/v1/events?limit={Math.Min(1000, parsed.GetValue(limit))}&after=") + Uri.EscapeDataString(parsed.GetValue(after) ?? "0"),
                static (screen, answer) => screen.Table(answer, answer["events"]!.AsArray(), Columns),
                ct)),
            verbs.Make("follow", "Outcomes as they happen, a line each, until interrupted", [after], (session, parsed, ct) => FollowAsync(session, parsed.GetValue(after), parsed.GetValue(verbs.Json), ct)));
    }

    private static async Task<int> FollowAsync(Session session, string? after, bool asJson, CancellationToken cancellationToken)
    {
        after ??= "0";
        while (true)
        {
            var answer = await session.Client.CallAsync(HttpMethod.Get, "/v1/events?limit=1000&wait=30&after=" + Uri.EscapeDataString(after), cancellationToken: cancellationToken);
            if (!answer.IsSuccess)
            {
                session.Screen.Problem(answer);
                return ExitCode.Refused;
            }

            foreach (var item in answer.Json!["events"]!.AsArray())
            {
                session.Around.Out.WriteLine(asJson ? item!.ToJsonString() : string.Join('\t', Columns.Select(column => column.Of(item))));
            }

            after = answer.Json["next"]!.GetValue<string>();
        }
    }
}
