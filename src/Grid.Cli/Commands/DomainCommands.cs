using System.CommandLine;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid domain: recipient domains, for the operator.</summary>
internal static class DomainCommands
{
    /// <summary>What a recipient domain or a site can be limited by.</summary>
    public static CallField[] Limits { get; } =
    [
        new("maxConnections", "Connections at once", Kind: CallFieldKind.Number), new("maxMessagesPerConnection", "Messages a connection", Kind: CallFieldKind.Number, Option: "--max-messages"),
        new("maxRate", "Such as 100/min, or 100/min;burst=20"), CallField.Why,
    ];

    public static Command Make(Verbs verbs) => Verbs.Group(
        "domain",
        "Recipient domains: show, series, limit, move between states",
        Call(verbs, "show", "One domain with its limits", HttpMethod.Get, "/v1/domains/{domain}"),
        Series(verbs, "/v1/domains/{domain}/series"),
        Call(verbs, "limits", "Set its limits; what is left out has none", HttpMethod.Put, "/v1/domains/{domain}/limits", Limits),
        Standing.Make(verbs, Verbs.Word("domain", "The recipient domain"), "domains"));

    /// <summary>What a subject's counters were, over a window.</summary>
    public static Command Series(Verbs verbs, string path) => Shown(
        verbs, "series", "What was counted, slot by slot", HttpMethod.Get, new CallPath(path),
        Rows("slots", "at", "delivered=counters.delivered", "deferred=counters.deferred", "hard bounces=counters.hardBounces", "soft bounces=counters.softBounces", "complaints=counters.complaints", "unsubscribes=counters.unsubscribes"),
        new CallField("window", "Name of a window of its policy; default the main one"));
}
