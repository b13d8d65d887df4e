using System.CommandLine;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid consent: how recipients agreed. A tenant's own; with --tenant the operator's.</summary>
internal static class ConsentCommands
{
    private static readonly CallPath Consents = new("/v1/consents", "/v1/tenants/{tenant}/consents");
    private static readonly CallPath Recipient = Consents.Then("/{address}");

    public static Command Make(Verbs verbs) => Verbs.Group(
        "consent",
        "How a tenant's recipients agreed: list, show, put, revoke, erase, confirm, import, export, lists, evidence",
        Pages(verbs, "list", "All records", Consents, "consents", "after", ["address", "topic", "method", "at", "list", "revoked=revokedAt"]),
        Call(verbs, "show", "Of one recipient", HttpMethod.Get, Recipient),
        Call(verbs, "put", "Write one down", HttpMethod.Put, Recipient,
            new("method", "Such as double-opt-in", true), new("at", "When, RFC 3339", true), new("topic", "To hear about what; default whatever the tenant sends"), new("list", "The list"), new("source", "Where it was given"),
            new("evidence", "Reference to the proof"), new("ip", "Address from which it was given"), new("channel", "direct or third-party", OneOf: ["direct", "third-party"]), new("preTicked", "The box was ticked beforehand", Kind: CallFieldKind.Flag),
            new("notice", "Version of the notice that was seen"), new("basis", "consent (the default), contract, legitimate-interests …"), new("givenTo", "Whom it was given to; default the tenant"), new("revokedAt", "When it was taken back, RFC 3339"), CallField.Why),
        Call(verbs, "revoke", "Take it back", HttpMethod.Post, Recipient.Then("/revoke"), new("topic", "Only for this topic"), new("at", "When, RFC 3339; default now"), CallField.Why),
        Call(verbs, "erase", "Forget it; a suppression stays", HttpMethod.Delete, Recipient, CallField.Why),
        Call(verbs, "confirm", "Ask a recipient by mail to confirm (double opt-in)", HttpMethod.Post, Recipient.Then("/confirmation"),
            new("from", "Sender of the mail", true), new("topic", "To hear about what"), new("list", "The list"), new("source", "Where it was given"), new("notice", "Version of the notice that was seen"), CallField.Why),
        Import(verbs, "Take records", Consents.Then("/import"), CallField.Why),
        Save(verbs, "export", "All records, as lines of JSON", Consents.Then("/export")),
        Shown(verbs, "lists", "What each list rests on", HttpMethod.Get, Consents.Then("/lists"), Rows("lists", "list", "basis", "method", "records", "revoked")),
        Call(verbs, "evidence", "What proves that a message's recipients agreed", HttpMethod.Get, Consents.Then("/evidence/{message}")));
}
