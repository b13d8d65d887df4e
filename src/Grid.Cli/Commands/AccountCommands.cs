using System.CommandLine;
using System.Text.Json.Nodes;
using Grid.Cli.Output;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid account: who a tenant is, what it was told, what it answers; with its own key.</summary>
internal static class AccountCommands
{
    private static readonly Column[] Controls = [.. ((string[])["clause", "state", "carried by=carriedBy", "last refused=lastRefused", "words"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs) => Verbs.Group(
        "account",
        "Your own account: vetting, compliance, notices, cases, appeal",
        Verbs.Group("vetting", "Who you are: what your policy demands, and your part of it", Vetting(verbs, "/v1/vetting")),
        Shown(verbs, "compliance", "What is checked for you", HttpMethod.Get, new CallPath("/v1/compliance"), ShowCompliance),
        Pages(verbs, "notices", "What you were told about your standing, newest first", new("/v1/notices"), "notices", "before", ["at", "notice", "state", "clause", "limit", "until", "words"]),
        Call(verbs, "appeal", "Against a warning or a suspension", HttpMethod.Post, "/v1/appeals",
            new("cause", "What went wrong; @FILE takes it from a file, - reads the input", true, CallFieldKind.Long), new("fixes", "What was done about it", true, CallFieldKind.Long), new("prevention", "How it is kept from happening again", true, CallFieldKind.Long)),
        Verbs.Group(
            "case",
            "The cases about you: list, show, answer",
            List(verbs, "All of them", "/v1/reputation/cases", "cases", ["id", "subject", "kind", "openedAt", "verdict", "words"]),
            Call(verbs, "show", "One with its messages", HttpMethod.Get, "/v1/reputation/cases/{id}"),
            Call(verbs, "answer", "Write to it", HttpMethod.Post, "/v1/reputation/cases/{id}/messages", new CallField("words", "What you say; @FILE takes it from a file, - reads the input", true, CallFieldKind.Long))));

    /// <summary>The tenant's part of its vetting, which the operator can do for it.</summary>
    public static IEnumerable<Command> Vetting(Verbs verbs, string path, params CallField[] more) =>
    [
        Call(verbs, "show", "What the policy demands, and what is there", HttpMethod.Get, path),
        Call(verbs, "put", "Say who the tenant is; what is left out stays", HttpMethod.Put, path,
            [new("legalType", "company or person", OneOf: ["company", "person"]), new("senderNames", "A name that its From fields may show; may be repeated", Kind: CallFieldKind.Several, Option: "--sender-name"), new("paymentReference", "What it pays with; only a keyed hash is kept"), .. more]),
        Call(verbs, "accept", "Accept the policy", HttpMethod.Post, path + "/acceptance", [new("person", "Who accepts", true), new("version", "The version that was read; default the one in force", Kind: CallFieldKind.Number), new("ip", "The operator's: from which address they did"), .. more]),
        Call(verbs, "attest", "Attest that laws are kept", HttpMethod.Post, path + "/attestations",
            [new("person", "Who attests", true), new("regimes", "A law that the policy names, such as gdpr; may be repeated", true, CallFieldKind.Several, "--regime"), new("ip", "The operator's: from which address they did"), .. more]),
        Call(verbs, "address", "Have a mail sent that proves an address is read", HttpMethod.Post, path + "/addresses", [new("address", "Such as abuse@ of a sending domain", true), .. more]),
        Call(verbs, "domain", "Look for a sending domain's record now", HttpMethod.Post, path + "/domains/{domain}/check", more),
    ];

    /// <summary>A card, and a table of every rule.</summary>
    public static void ShowCompliance(Screen screen, JsonNode answer)
    {
        if (screen.IsJson)
        {
            screen.Json(answer);
            return;
        }

        var card = answer.DeepClone().AsObject();
        card.Remove("controls");
        foreach (var regime in card["regimes"]!.AsArray())
        {
            regime!.AsObject().Remove("checks");
        }

        screen.Card(card);
        screen.Table(answer, answer["controls"]!.AsArray(), Controls);
    }
}
