using System.CommandLine;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>grid decision: the ledger, for the operator.</summary>
internal static class DecisionCommands
{
    private static readonly Column[] Columns = [.. ((string[])["id", "at", "subject", "from", "to", "action", "clause", "figures", "by", "reason"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs)
    {
        var subject = Verbs.Text("--subject", "tenant/ID, ip/ADDRESS or domain/NAME");
        var limit = Verbs.Limit(50);
        var id = Verbs.Word("id", "The decision's id");
        return Verbs.Group(
            "decision",
            "The ledger of decisions: list, show, verify",
            verbs.Make("show", "A decision with its case: figures, what was before, what cures it", [id], (session, parsed, ct) =>
                session.GetAsync($"/v1/decisions/{Verbs.Part(parsed.GetValue(id)!)}", static (screen, answer) => screen.Card(answer), ct)),
            verbs.Make("verify", "Go through the chain of the whole ledger", [], static (session, _, ct) =>
                session.GetAsync("/v1/ledger/verify", static (screen, answer) => screen.Card(answer), ct)),
            verbs.Make("list", "Decisions, newest first", [subject, limit], (session, parsed, ct) => session.ListAsync(
                "/v1/decisions" + (parsed.GetValue(subject) is { } one ? "?subject=" + Uri.EscapeDataString(one) : ""), "decisions", Columns, parsed.GetValue(limit), ct, "before")));
    }
}
