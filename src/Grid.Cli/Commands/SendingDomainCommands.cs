using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid sending-domain: sending domains and the keys that sign their mail. A tenant's own; with --tenant or --platform the operator's.</summary>
internal static class SendingDomainCommands
{
    private static readonly CallPath Domains = new("/v1/sending-domains", "/v1/tenants/{tenant}/domains", "/v1/platform/domains");
    private static readonly CallPath Domain = Domains.Then("/{domain}");
    private static readonly CallPath Keys = Domain.Then("/keys");
    private static readonly CallPath Key = Keys.Then("/{selector}");
    private static readonly Column[] Columns = [.. ((string[])["domain", "signing", "selector", "state", "since", "published", "looked=at", "publish until=keepPublishedUntil"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs) => Verbs.Group(
        "sending-domain",
        "Sending domains and the keys that sign their mail: list, show, alignment, key",
        Shown(verbs, "list", "All of them, a line for each key", HttpMethod.Get, Domains, ShowAll),
        Call(verbs, "show", "One with its keys and the records to publish", HttpMethod.Get, Domain),
        Call(verbs, "alignment", "How it stands with SPF, DKIM and DMARC in the DNS now", HttpMethod.Get, Domain.Then("/alignment")),
        Verbs.Group(
            "key",
            "Keys that sign: create, check, state, remove",
            Call(verbs, "create", "Make a key, and show the TXT record to publish; it signs from when that is seen", HttpMethod.Post, Keys, CallField.Why),
            Call(verbs, "check", "Look for its record now", HttpMethod.Post, Key.Then("/check")),
            Call(verbs, "state", "Put it to work, or to rest", HttpMethod.Post, Key.Then("/state"), new("state", "active or retired", true, CallFieldKind.Word, OneOf: ["active", "retired"]), new("force", "The operator's: without a look into the DNS", Kind: CallFieldKind.Flag), CallField.Why),
            Call(verbs, "remove", "Forget a key that signs no more", HttpMethod.Delete, Key, CallField.Why)));

    private static void ShowAll(Screen screen, JsonNode answer) => screen.Table(
        answer,
        [.. from domain in answer["domains"]!.AsArray()
            from key in domain["keys"] is JsonArray { Count: > 0 } keys ? keys.AsEnumerable() : [new JsonObject()]
            select new JsonObject
            {
                ["domain"] = domain["domain"]?.DeepClone(),
                ["signing"] = domain["signing"]?.DeepClone(),
                ["selector"] = key["selector"]?.DeepClone(),
                ["state"] = key["state"]?.DeepClone(),
                ["since"] = key["since"]?.DeepClone(),
                ["published"] = key["check"]?["published"]?.DeepClone(),
                ["at"] = key["check"]?["at"]?.DeepClone(),
                ["keepPublishedUntil"] = key["keepPublishedUntil"]?.DeepClone(),
            }],
        Columns);
}
