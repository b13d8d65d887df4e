using System.CommandLine;

namespace Grid.Cli.Commands;

/// <summary>grid health: whether it takes mail. Exit code 1 while it doesn't.</summary>
internal static class HealthCommand
{
    public static Command Make(Verbs verbs)
    {
        var live = new Option<bool>("--live") { Description = "Only whether the process runs" };
        return verbs.Make("health", "Whether the grid takes mail", [live], (session, parsed, ct) =>
            session.GetAsync(parsed.GetValue(live) ? "/health/live" : "/health/ready", static (screen, answer) => screen.Card(answer), ct));
    }
}
