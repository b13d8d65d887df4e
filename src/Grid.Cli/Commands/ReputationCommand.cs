using System.CommandLine;
using Grid.Cli.Output;

namespace Grid.Cli.Commands;

/// <summary>grid reputation: a tenant's own standing, with its key.</summary>
internal static class ReputationCommand
{
    private static readonly Column[] Measures = [.. ((string[])["clause", "action", "value%", "threshold%", "used%", "judged", "breached", "correct"]).Select(Column.Parse)];

    public static Command Make(Verbs verbs) => verbs.Make("reputation", "Your own standing: thresholds and how far they are", [], (session, parsed, ct) => session.GetAsync(
        "/v1/reputation",
        (screen, answer) =>
        {
            if (!parsed.GetValue(verbs.Json))
            {
                screen.Line(answer, $"{answer["id"]} is {answer["state"]} since {answer["since"]} under policy {answer["policy"]?["name"]}");
            }

            screen.Table(answer, answer["measures"]!.AsArray(), Measures);
        },
        ct));
}
