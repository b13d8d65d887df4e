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
        var unvetted = new Option<bool>("--override-vetting") { Description = "Let a pending tenant in though its vetting isn't done" };
        return verbs.Make("state", "Move it to a state", resource == "tenants" ? [subject, state, reason, unvetted] : [subject, state, reason], (session, parsed, ct) => session.AskAsync(
            HttpMethod.Post,
            $"/v1/{resource}/{Verbs.Part(parsed.GetValue(subject)!)}/state",
            Body(parsed.GetValue(state), parsed.GetValue(reason), resource == "tenants" && parsed.GetValue(unvetted)),
            static (screen, answer) => screen.Line(answer, $"{answer["subject"]} is {answer["state"]}"),
            ct));
    }

    private static JsonObject Body(string? state, string? reason, bool unvetted) =>
        unvetted ? new() { ["state"] = state, ["reason"] = reason, ["overrideVetting"] = true } : new() { ["state"] = state, ["reason"] = reason };
}
