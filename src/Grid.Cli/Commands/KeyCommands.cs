using System.CommandLine;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid key: tenants' API keys, for the operator.</summary>
internal static class KeyCommands
{
    private const string Keys = "/v1/tenants/{tenant}/keys";

    public static Command Make(Verbs verbs) => Verbs.Group(
        "key",
        "A tenant's API keys: list, create, revoke",
        Shown(verbs, "list", "A tenant's keys, by id", HttpMethod.Get, new CallPath(Keys), Rows("keys", "id", "created=createdAt")),
        Call(verbs, "create", "A new key, shown this once", HttpMethod.Post, Keys, new("createdFrom", "IP address of the person who asked for it"), CallField.Why),
        Shown(verbs, "revoke", "End a key, at once", HttpMethod.Delete, new CallPath(Keys + "/{id}"), static (screen, answer) => screen.Line(answer, "revoked"), CallField.Why));
}
