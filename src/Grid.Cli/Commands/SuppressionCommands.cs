using System.CommandLine;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid suppression: addresses not to be mailed. A tenant's own; with --tenant the operator's, where * is those of all.</summary>
internal static class SuppressionCommands
{
    private static readonly CallPath Suppressions = new("/v1/suppressions", "/v1/tenants/{tenant}/suppressions");
    private static readonly CallPath Address = Suppressions.Then("/{address}");

    /// <summary>Here --reason is why the address isn't mailed.</summary>
    private static readonly CallField Why = CallField.Why with { Option = "--why", Words = "Why the operator does it; it goes to the ledger" };

    public static Command Make(Verbs verbs) => Verbs.Group(
        "suppression",
        "Addresses that are not mailed: list, add, remove, import, export",
        Pages(verbs, "list", "All of them", Suppressions, "suppressions", "after", ["address", "reason", "scope", "at", "by", "detail"]),
        Call(verbs, "add", "Mail an address no more", HttpMethod.Put, Address,
            new("reason", "manual (the default), complaint, hardBounce or unsubscribe", OneOf: ["manual", "complaint", "hardBounce", "unsubscribe"]), new("scope", "all or bulk; default bulk for unsubscribe, else all", OneOf: ["all", "bulk"]), new("detail", "A remark"), Why),
        Call(verbs, "remove", "Mail it again; with a tenant's key manual ones only", HttpMethod.Delete, Address, Why),
        Import(verbs, "Take addresses", Suppressions.Then("/import"), Why),
        Save(verbs, "export", "All of them, as lines of JSON", Suppressions.Then("/export"), new CallField("format", "ndjson (the default) or csv", OneOf: ["ndjson", "csv"])));
}
