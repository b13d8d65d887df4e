using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>grid key: tenants' API keys, for the operator.</summary>
internal static class KeyCommands
{
    private static readonly Column[] Columns = [Column.Parse("id"), Column.Parse("created=createdAt")];

    public static Command Make(Verbs verbs)
    {
        var tenant = Verbs.Word("tenant", "The tenant's id");
        var id = Verbs.Word("id", "The key's id");
        return Verbs.Group(
            "key",
            "A tenant's API keys: list, create, revoke",
            verbs.Make("list", "A tenant's keys, by id", [tenant], (session, parsed, ct) =>
                session.GetAsync(Path(parsed.GetValue(tenant)!), static (screen, answer) => screen.Table(answer, answer["keys"]!.AsArray(), Columns), ct)),
            verbs.Make("create", "A new key, shown this once", [tenant], (session, parsed, ct) =>
                session.AskAsync(HttpMethod.Post, Path(parsed.GetValue(tenant)!), new JsonObject(), static (screen, answer) => screen.Card(answer), ct)),
            verbs.Make("revoke", "End a key, at once", [tenant, id], (session, parsed, ct) => session.AskAsync(
                HttpMethod.Delete, $"{Path(parsed.GetValue(tenant)!)}/{Verbs.Part(parsed.GetValue(id)!)}", null, static (screen, answer) => screen.Line(answer, "revoked"), ct)));
    }

    private static string Path(string tenant) => $"/v1/tenants/{Verbs.Part(tenant)}/keys";
}
