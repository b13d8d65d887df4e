using System.CommandLine;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid child: the tenants that belong to another, as a reseller's customers do.</summary>
internal static class ChildCommands
{
    public static Command Make(Verbs verbs) => Verbs.Group(
        "child",
        "Tenants that belong to yours: list, suspend, let go on",
        Shown(verbs, "list", "All of them", HttpMethod.Get, new("/v1/children", "/v1/tenants/{tenant}/children"),
            Rows("children", "id", "state", "policy=policy.name", "delivered=counters.delivered", "complaints=counters.complaints", "complaint rate=rates.complaint%", "hard bounces=rates.hardBounce%", "name")),
        Call(verbs, "state", "Suspend one, or end that", HttpMethod.Post, "/v1/children/{child}/state", new("state", "active or suspended", true, CallFieldKind.Word, OneOf: ["active", "suspended"]), CallField.Reason));
}
