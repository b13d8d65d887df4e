using System.CommandLine;
using static Grid.Cli.Commands.CallCommand;

namespace Grid.Cli.Commands;

/// <summary>grid tls-report: what domains were told about the TLS of their mail hosts (RFC 8460), for the operator.</summary>
internal static class TlsReportCommands
{
    public static Command Make(Verbs verbs) => Verbs.Group(
        "tls-report",
        "Reports to domains about the TLS of their mail hosts: list, show, make",
        Pages(verbs, "list", "Of the last 30 days, newest first", new("/v1/tls-reports"), "reports", "before", ["id", "domain", "from", "until", "succeeded", "failed", "deliveries"], new CallField("domain", "Only to this domain")),
        Call(verbs, "show", "One as it was sent, and how its deliveries came out", HttpMethod.Get, "/v1/tls-reports/{id}"),
        Call(verbs, "make", "Report now what was gathered so far today", HttpMethod.Post, "/v1/tls-reports", new CallField("domain", "To which domain", true, CallFieldKind.Word)));
}
