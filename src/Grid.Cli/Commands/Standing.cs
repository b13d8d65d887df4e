using System.CommandLine;
using System.Text.Json.Nodes;

namespace Grid.Cli.Commands;

/// <summary>An operator's transition of a tenant, a sending IP or a domain.</summary>
internal static class Standing
{
    /// <param name="resource">Plural in the path: tenants, ips, domains.</param>
    public static Command Make(Verbs verbs, Argument<string> subject, string resource)
    {
        var state = Verbs.Word("state", "active, warned, suspended, terminated or pending");
        state.AcceptOnlyFromAmong("active", "warned", "suspended", "terminated", "pending");
        var reason = Verbs.Needed("--reason", "Why; it goes to the ledger");
        return verbs.Make("state", "Move it to a state", [subject, state, reason], (session, parsed, ct) => session.AskAsync(
            HttpMethod.Post,
            $"/v1/{resource}/{Verbs.Part(parsed.GetValue(subject)!)}/state",
            new JsonObject { ["state"] = parsed.GetValue(state), ["reason"] = parsed.GetValue(reason) },
            static (screen, answer) => screen.Line(answer, $"{answer["subject"]} is {answer["state"]}"),
            ct));
    }
}
