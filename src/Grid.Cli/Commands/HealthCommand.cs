using System.CommandLine;

namespace Grid.Cli.Commands;

/// <summary>grid health: whether it takes mail. Exit code 1 while it doesn't.</summary>
internal static class HealthCommand
{
    public static Command Make(Verbs verbs) =>
        verbs.Make("health", "Whether the grid takes mail", [], (session, parsed, ct) => session.GetAsync("/health/ready", static (screen, answer) => screen.Card(answer), ct));
}
