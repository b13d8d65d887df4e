using System.CommandLine;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid site: receivers that several domains stand behind, for the operator.</summary>
internal static class SiteCommands
{
    public static Command Make(Verbs verbs) => Verbs.Group(
        "site",
        "Receiving sites: list, show, limit, end what rules have done",
        Shown(verbs, "list", "Sites that mail is queued for", HttpMethod.Get, new CallPath("/v1/sites"), Rows("sites", "site", "profile", "queued")),
        Call(verbs, "show", "How fast each sending IP may go there, and why", HttpMethod.Get, "/v1/sites/{site}"),
        Call(verbs, "limits", "Set its limits; what is left out has none", HttpMethod.Put, "/v1/sites/{site}/limits", DomainCommands.Limits),
        Call(verbs, "resume", "End suspensions and lower limits that rules have set", HttpMethod.Post, "/v1/sites/{site}/resume", new("ip", "Only for this sending IP"), CallField.Why));
}
