using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>grid suppression: addresses not to be mailed, with a tenant's key.</summary>
internal static class SuppressionCommands
{
    private static readonly Column[] Columns = [.. ((string[])["address", "reason", "at", "by", "detail"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs)
    {
        var (address, limit, detail) = (Verbs.Word("address", "The address"), Verbs.Limit(), Verbs.Text("--detail", "A remark"));
        var reason = Verbs.Text("--reason", "manual (the default), complaint, hardBounce or unsubscribe");
        reason.AcceptOnlyFromAmong("manual", "complaint", "hardBounce", "unsubscribe");
        return Verbs.Group(
            "suppression",
            "Addresses that are not mailed: list, add, remove",
            verbs.Make("list", "All of them", [limit], (session, parsed, ct) => session.ListAsync("/v1/suppressions", "suppressions", Columns, parsed.GetValue(limit), ct)),
            verbs.Make("add", "Mail an address no more", [address, reason, detail], (session, parsed, ct) =>
            {
                var body = new JsonObject();
                Body.Set(body, "reason", parsed.GetValue(reason));
                Body.Set(body, "detail", parsed.GetValue(detail));
                return session.AskAsync(HttpMethod.Put, Path(parsed.GetValue(address)!), body, static (screen, answer) => screen.Card(answer), ct);
            }),
            verbs.Make("remove", "Mail it again; manual ones only", [address], (session, parsed, ct) =>
                session.AskAsync(HttpMethod.Delete, Path(parsed.GetValue(address)!), null, static (screen, answer) => screen.Line(answer, "removed"), ct)));
    }

    private static string Path(string address) => "/v1/suppressions/" + Verbs.Part(address);
}
